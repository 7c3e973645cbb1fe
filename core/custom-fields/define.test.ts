import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomFieldDefinition } from '#shared/contract/custom-fields.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let test: TestEngine;
let admin: ReturnType<typeof clientOf>;
let rep: ReturnType<typeof clientOf>;

beforeAll(async () => {
  test = await openTestEngine();
  const me = await seedWorkspace(test.engine);
  admin = clientOf(testApplication(test.engine), me);
  rep = clientOf(
    testApplication(test.engine),
    await addPerson(test.engine, me, 'Rosa Rep', 'Sales Representative'),
  );
});
afterAll(() => test.close());

function field(key: string, given: Partial<CustomFieldDefinition> = {}) {
  return {
    object: 'products' as const,
    key,
    label: key,
    type: 'text' as const,
    options: [],
    isRequired: false,
    ...given,
  };
}

describe('custom fields', () => {
  it('come in the order in which they were defined, and are changed by defining them again', async () => {
    await admin.customFields.define(field('size', { type: 'select', options: ['S', 'M'] }));
    await admin.customFields.define(field('weight', { type: 'number', label: 'Weight (kg)' }));
    const size = await admin.customFields.define(
      field('size', { type: 'select', label: 'Size', options: ['S', 'M', 'L'] }),
    );
    expect(size).toMatchObject({ label: 'Size', options: ['S', 'M', 'L'], position: 0 });
    expect((await rep.customFields.list({ object: 'products' })).map(({ key }) => key)).toEqual([
      'size',
      'weight',
    ]);
    expect(await rep.customFields.list({ object: 'contacts' })).toEqual([]);
  });

  it('keep their values when they are removed, and show them when they are defined again', async () => {
    await admin.customFields.define(field('colour'));
    const { record } = await admin.products.create({
      values: { name: 'Paint', customFields: { colour: 'red' } },
    });
    await admin.customFields.remove({ object: 'products', key: 'colour' });
    const filter = {
      join: 'and' as const,
      conditions: [{ field: 'custom.colour', operator: 'is' as const, values: ['red'] }],
    };
    await expect(admin.products.list({ filter })).rejects.toMatchObject({ code: 'invalid' });
    await admin.customFields.define(field('colour'));
    expect((await admin.products.list({ filter })).rows.map(({ id }) => id)).toEqual([record.id]);
    const cleared = await admin.products.update({
      id: recordIdSchema.parse(record.id),
      values: { customFields: { colour: null } },
    });
    expect(cleared.record.customFields).toEqual({});
  });

  it('are put in order, and those that were removed are listed apart', async () => {
    for (const key of ['one', 'two', 'three']) {
      await admin.customFields.define({ ...field(key), object: 'accounts' });
    }
    const keysOf = (fields: readonly { key: string }[]) => fields.map(({ key }) => key);
    const ordered = await admin.customFields.reorder({ object: 'accounts', keys: ['three', 'one', 'two'] });
    expect(keysOf(ordered)).toEqual(['three', 'one', 'two']);
    await admin.customFields.remove({ object: 'accounts', key: 'one' });
    expect(keysOf(await rep.customFields.list({ object: 'accounts' }))).toEqual(['three', 'two']);
    expect(keysOf(await rep.customFields.list({ object: 'accounts', removed: true }))).toEqual(['one']);
    // Ordered by somebody who has not seen that one is gone.
    await expect(
      admin.customFields.reorder({ object: 'accounts', keys: ['one', 'two', 'three'] }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      rep.customFields.reorder({ object: 'accounts', keys: ['two', 'three'] }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    expect(keysOf(await admin.customFields.list({ object: 'accounts' }))).toEqual(['three', 'two']);
  });

  it('keep their type, have options only to choose from, and are defined by administrators', async () => {
    await admin.customFields.define(field('grade'));
    await expect(admin.customFields.define(field('grade', { type: 'number' }))).rejects.toMatchObject({
      code: 'conflict',
    });
    for (const wrong of [
      field('a', { type: 'select' }),
      field('b', { options: ['x'] }),
      field('c', { type: 'select', options: ['x', 'x'] }),
    ]) {
      await expect(admin.customFields.define(wrong)).rejects.toMatchObject({
        code: 'invalid',
        details: { field: 'options' },
      });
    }
    await expect(rep.customFields.define(field('mine'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(rep.customFields.remove({ object: 'products', key: 'grade' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
