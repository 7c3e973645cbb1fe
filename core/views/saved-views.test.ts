import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let test: TestEngine;
let mine: ReturnType<typeof clientOf>;
let theirs: ReturnType<typeof clientOf>;

beforeAll(async () => {
  test = await openTestEngine();
  const me = await seedWorkspace(test.engine);
  const rep = await addPerson(test.engine, me, 'Rosa Rep', 'Sales Representative');
  mine = clientOf(testApplication(test.engine), me);
  theirs = clientOf(testApplication(test.engine), rep);
});
afterAll(() => test.close());

const definition = {
  columns: [{ field: 'name', width: 200 }, { field: 'custom.tier' }],
  sort: [{ field: 'name', direction: 'desc' as const }],
  filter: {
    join: 'and' as const,
    conditions: [{ field: 'industry', operator: 'is' as const, values: ['Steel'] }],
  },
  layout: 'list' as const,
};

describe('saved views', () => {
  it('are kept as they were saved, changed in place, and shared only when they are', async () => {
    const view = await mine.views.save({ object: 'accounts', name: 'Steel', isShared: false, definition });
    expect(view).toMatchObject({ name: 'Steel', isMine: true, definition });
    expect(await theirs.views.list({ object: 'accounts' })).toEqual([]);
    const shared = await mine.views.save({ ...view, name: 'All steel', isShared: true });
    expect(shared.id).toBe(view.id);
    expect(await theirs.views.list({ object: 'accounts' })).toEqual([{ ...shared, isMine: false }]);
    expect(await theirs.views.list({ object: 'contacts' })).toEqual([]);
  });

  it('of somebody else may be neither changed nor removed, and one that is gone is not found', async () => {
    const view = await mine.views.save({ object: 'products', name: 'Ours', isShared: true, definition });
    await expect(theirs.views.save({ ...view, name: 'Theirs' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(theirs.views.remove({ id: view.id })).rejects.toMatchObject({ code: 'forbidden' });
    await mine.views.remove({ id: view.id });
    expect(await mine.views.list({ object: 'products' })).toEqual([]);
    await expect(mine.views.remove({ id: view.id })).rejects.toMatchObject({ code: 'not_found' });
  });
});
