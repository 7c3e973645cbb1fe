import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { testPorts } from '#tests/support/ports.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let fixture: TestEngine;
let ada: Identity;
let rep: Identity;
const secrets = new Map<string, string>();
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  fixture = await openTestEngine();
  ada = await seedWorkspace(fixture.engine);
  rep = await addPerson(fixture.engine, ada, 'Rep', 'Sales Representative');
  client = clientOf(testApplication(fixture.engine, fixture.dataDir, testPorts(secrets)), ada);
});
afterAll(() => fixture.close());

const passport = {
  object: 'contacts' as const,
  key: 'passport',
  label: 'Passport',
  type: 'text' as const,
  options: [],
  isRequired: false,
  isPersonal: true,
};
const stored = async () => {
  const rows = await fixture.engine.transaction({ as: 'system' }, (tx) =>
    tx.query<{ value: string }>(
      "SELECT custom_fields ->> 'passport' AS value FROM contacts ORDER BY created_at",
    ),
  );
  return rows.map(({ value }) => value);
};

test('no key is made before a field is personal; then it is kept in the secrets alone', async () => {
  await client.contacts.create({ values: { firstName: 'Bo', customFields: {} } });
  expect(secrets.size).toBe(0);
  expect(await client.customFields.define(passport)).toMatchObject({ isPersonal: true });
  expect([...secrets.values()]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/u)]);
  await expect(
    client.customFields.define({ ...passport, key: 'size', type: 'number' }),
  ).rejects.toMatchObject({ code: 'invalid' });
  await expect(client.customFields.define({ ...passport, isPersonal: false })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('a personal field is saved sealed and read as it is, changed, cleared, and undone', async () => {
  const made = await client.contacts.create({
    values: { firstName: 'Jane', customFields: { passport: 'X1234567' } },
  });
  expect(made.record.customFields).toEqual({ passport: 'X1234567' });
  expect((await stored()).at(-1)).toMatch(/^pgp:/u);
  const { id } = made.record;
  const changed = await client.contacts.update({ id, values: { customFields: { passport: 'Y7' } } });
  expect(changed.record.customFields).toEqual({ passport: 'Y7' });
  await client.history.undo({ changeSetId: changed.changeSetId });
  expect((await client.contacts.get({ id })).customFields).toEqual({ passport: 'X1234567' });
  await client.contacts.update({ id, values: { customFields: { passport: null } } });
  expect((await client.contacts.get({ id })).customFields['passport'] ?? null).toBeNull();
  await client.contacts.update({ id, values: { customFields: { passport: 'X1234567' } } });
});

test('a list never shows it, nor a record to a role that may not read personal data', async () => {
  const { rows } = await client.contacts.list({});
  expect(rows.map(({ customFields }) => customFields)).toContainEqual({ passport: { locked: 'list' } });
  await expect(
    client.contacts.list({ sort: [{ field: 'custom.passport', direction: 'asc' }] }),
  ).rejects.toMatchObject({ code: 'invalid' });
  const reps = clientOf(testApplication(fixture.engine, fixture.dataDir, testPorts(secrets)), rep);
  const { record } = await reps.contacts.create({
    values: { firstName: 'Own', customFields: { passport: 'Z9' } },
  });
  expect(record.customFields).toEqual({ passport: { locked: 'role' } });
});

test('without its key it is locked, nothing is lost, and it cannot be written until the key is back', async () => {
  const { record } = await client.contacts.create({
    values: { firstName: 'Kim', customFields: { passport: 'K1' } },
  });
  const before = await stored();
  const taken = [...secrets];
  for (const wrong of [[], [[taken[0]?.[0] ?? '', 'f'.repeat(64)]]] as const) {
    secrets.clear();
    for (const [name, value] of wrong) secrets.set(name, value);
    expect((await client.contacts.get({ id: record.id })).customFields).toEqual({
      passport: { locked: 'key' },
    });
    const write = client.contacts.update({ id: record.id, values: { customFields: { passport: 'K2' } } });
    await expect(write).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('key for personal data') as string,
    });
    await expect(client.customFields.define({ ...passport, key: 'visa' })).rejects.toMatchObject({
      code: 'conflict',
    });
    // Other fields of the record can be changed, and the sealed value stays.
    await client.contacts.update({ id: record.id, values: { jobTitle: `without ${wrong.length}` } });
    expect(await stored()).toEqual(before);
  }
  secrets.clear();
  for (const [name, value] of taken) secrets.set(name, value);
  expect((await client.contacts.get({ id: record.id })).customFields).toEqual({ passport: 'K1' });
});

test('a backup holds neither the key nor a value as it was written', async () => {
  const file = join(fixture.dataDir, 'backup.satchel');
  await fixture.engine.backup(file);
  const whole = await readFile(file);
  const contents = zstdDecompressSync(whole);
  expect(contents.includes('Kim')).toBe(true);
  expect(contents.includes('X1234567')).toBe(false);
  for (const key of secrets.values()) expect(contents.includes(key)).toBe(false);
  await rm(file);
});
