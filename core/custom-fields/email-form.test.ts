import { expect, it } from 'vitest';
import { isEmailAddress } from '#shared/values.ts';
import { openTestEngine } from '#tests/support/engine.ts';

it('an address is held to the same rule by the database and by what is typed or imported', async () => {
  await using test = await openTestEngine();
  const characters = Array.from({ length: 0xffff }, (_, index) => index + 1)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));
  const texts = [
    'ada@localhost',
    'ada@example.com',
    'ada@@example.com',
    '@example.com',
    'ada@',
    'ada',
    '',
    ...characters.map((character) => `a${character}b@example.com`),
    ...characters.map((character) => `ab@ex${character}ample`),
  ];
  const rows = await test.engine.transaction({ as: 'system' }, (tx) =>
    tx.query<{ text: string }>(
      `SELECT text FROM unnest($1::text[]) AS text
       WHERE NOT satchel.custom_value_fits('email', '[]', false, to_jsonb(text))`,
      [texts],
    ),
  );
  const refused = new Set(rows.map(({ text }) => text));
  expect(texts.filter((text) => refused.has(text) === isEmailAddress(text))).toEqual([]);
});
