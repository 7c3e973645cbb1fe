import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';
import { constraintMessages } from './broken-rules.ts';

let test: TestEngine;
let client: ReturnType<typeof clientOf>;
beforeAll(async () => {
  test = await openTestEngine();
  client = clientOf(testApplication(test.engine), await seedWorkspace(test.engine));
});
afterAll(() => test.close());

it('what a contact and an opportunity need is said in the same words by their rules and by the database', async () => {
  await expect(client.contacts.create({ values: { jobTitle: 'Buyer' } })).rejects.toMatchObject({
    said: constraintMessages.get('contacts_named'),
  });
  await expect(
    client.opportunities.create({ values: { name: 'Alone', stage: 'proposal' } }),
  ).rejects.toMatchObject({ said: constraintMessages.get('chk_opportunity_has_target') });
});
