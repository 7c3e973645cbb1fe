import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import { inEnglish } from '#shared/message.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { seedWorkspace } from '#tests/support/records.ts';
import { constraintMessages, explainRule } from './broken-rules.ts';

let fixture: TestEngine;
let identity: Identity;
beforeAll(async () => {
  fixture = await openTestEngine();
  identity = await seedWorkspace(fixture.engine);
});
afterAll(() => fixture.close());

test('every rule that has words of its own is a rule of the schema', async () => {
  const rules = await fixture.engine.transaction({ as: 'system' }, (tx) =>
    tx.query<{ name: string }>(`
      SELECT DISTINCT conname AS name FROM pg_constraint
      WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conparentid = 0`),
  );
  const names = new Set(rules.map(({ name }) => name));
  expect([...constraintMessages.keys()].filter((name) => !names.has(name))).toEqual([]);
});

const customFields = (values: object) =>
  fixture.engine.transaction({ as: identity }, (tx) =>
    tx.query(
      `INSERT INTO accounts (workspace_id, id, name, custom_fields)
       VALUES ($1, gen_random_uuid(), 'Acme', $2)`,
      [identity.workspaceId, { ...values }],
    ),
  );
const define = (key: string, type: string, isRequired: boolean) =>
  fixture.engine.transaction({ as: identity }, (tx) =>
    tx.query(
      `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, is_required)
       VALUES ($1, gen_random_uuid(), 'accounts', $2, $2, $3, $4)`,
      [identity.workspaceId, key, type, isRequired],
    ),
  );

test('what is wrong with a custom field is told by its rule, whatever its key is called', async () => {
  await define('size', 'number', false);
  await expect(customFields({ size: 'large' })).rejects.toMatchObject({
    code: 'invalid',
    message: 'The custom field "size" does not take this value.',
  });
  const odd = 'a" of accounts is not defined';
  await expect(customFields({ [odd]: 1 })).rejects.toMatchObject({
    code: 'invalid',
    said: { template: 'There is no custom field "{{0}}". Define it first.', values: [odd] },
  });
  await define('must', 'text', true);
  await expect(customFields({})).rejects.toMatchObject({ message: 'Fill in the custom field "must".' });
});

test('a rule without words of its own is left to the engine', () => {
  expect(explainRule({ sqlState: '23514', constraint: 'other' })).toBeUndefined();
  expect(
    inEnglish(
      explainRule({ sqlState: '23514', constraint: 'users_named' })?.said ?? { template: '', values: [] },
    ),
  ).toBe('Give the user a name or an email address.');
});
