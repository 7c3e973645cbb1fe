import { expect, test } from 'vitest';
import { inEnglish, say, term } from '#shared/message.ts';
import { saidTemplates, templatesIn } from './said.ts';

// A new message is put there by `npx vitest run tests/lint/said.test.ts -u`.
test('every message that core can say is in the catalogue that translations are made from, and nothing else', async () => {
  const templates = await saidTemplates(process.cwd());
  const catalogue = Object.fromEntries(templates.map((template) => [template, template]));
  await expect(`${JSON.stringify(catalogue, null, 2)}\n`).toMatchFileSnapshot(
    '../../renderer/i18n/en/messages.json',
  );
  expect(templates.length).toBeGreaterThan(100);
});

test('templates are found as they are made', () => {
  // What the source says, and what the program makes of it.
  const source = 'say`There is no ${object.name} in "${f({ a: `${b}` })}".\\nLook.` + ask`Give it a name.`';
  expect(templatesIn(source)).toEqual(['There is no {{0}} in "{{1}}".\nLook.', 'Give it a name.']);
  expect(say`There is no ${'x'} in "${'y'}".\nLook.`.template).toBe('There is no {{0}} in "{{1}}".\nLook.');
});

test('a message is said in English with messages within it', () => {
  const message = say`Moved ${say`${3} ${term('accounts')}`} to ${'{{0}} $&'}`;
  expect(inEnglish(message)).toBe('Moved 3 accounts to {{0}} $&');
});
