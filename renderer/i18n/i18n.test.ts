import { describe, expect, test, vi } from 'vitest';
import { importObjects, importTargets } from '#shared/contract/import-targets.ts';
import { fieldsOf, objectNames } from '#shared/objects/objects.ts';
import { formatNumber } from '../format/format.ts';
import { screenObjects } from '../objects/catalogue.ts';
import { shortcutGroups, shortcutsWith } from '../shortcuts/registry.ts';
import { english, startI18n } from './i18n.ts';
import { pseudoText, type Texts } from './pseudo-locale.ts';

const sources = import.meta.glob<string>(['../**/*.tsx', '../**/*.ts', '!../**/*.test.*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

function textAt(key: string): string | Texts | undefined {
  let found: string | Texts | undefined = english;
  for (const word of key.split('.')) found = typeof found === 'object' ? found[word] : undefined;
  return found;
}

const isText = (key: string) =>
  [key, `${key}_other`].some((candidate) => typeof textAt(candidate) === 'string');

describe('the English texts', () => {
  test('have every key that the source asks for', () => {
    const missing = Object.entries(sources).flatMap(([file, source]) =>
      Array.from(source.matchAll(/\bt\(\s*'([^']+)'/g), ([, key]) => key ?? '')
        .filter((key) => !isText(key))
        .map((key) => `${file}: ${key}`),
    );
    expect(missing).toEqual([]);
    expect(Object.keys(sources).length).toBeGreaterThan(50);
  });

  test('of importing hold none that the source never asks for', () => {
    const source = Object.values(sources).join('\n');
    const isAskedFor = (key: string) => {
      const name = key.replace(/_(one|other)$/, '');
      // A choice among several is asked for by the name that they have in common.
      const parent = name.slice(0, name.lastIndexOf('.'));
      return source.includes(`'${name}'`) || source.includes(`\`${parent}.\${`);
    };
    const keysOf = (texts: Texts, path: string): string[] =>
      Object.entries(texts).flatMap(([key, text]) =>
        typeof text === 'string' ? [`${path}.${key}`] : keysOf(text, `${path}.${key}`),
      );
    const texts = textAt('imports');
    const keys = typeof texts === 'object' ? keysOf(texts, 'imports') : [];
    expect(keys.length).toBeGreaterThan(100);
    expect(keys.filter((key) => !isAskedFor(key))).toEqual([]);
  });

  test('name every field and every option of every object', () => {
    const missing = objectNames.flatMap((object) =>
      fieldsOf(object)
        .flatMap(({ key, optionsName, options }) => [
          `objects.${object}.fields.${key}`,
          ...(options ?? []).map((option) => `options.${optionsName ?? ''}.${option}`),
        ])
        .filter((key) => !isText(key)),
    );
    expect(missing).toEqual([]);
  });

  test('name all that an import can hold, what its columns fill and what it makes beside its rows', () => {
    const linked = importObjects.flatMap((object) => importTargets(object).links.map(({ target }) => target));
    const missing = [
      ...importObjects.flatMap((object) => [
        `objects.${object}.many`,
        ...importTargets(object).fields.map(({ key }) =>
          key === 'fullName' || key === 'sourceId'
            ? `imports.targets.${key}`
            : `objects.${object}.fields.${key}`,
        ),
      ]),
      ...linked.map((object) => `objects.${object}.count`),
    ].filter((key) => !isText(key));
    expect(missing).toEqual([]);
  });

  test('name every shortcut and group', () => {
    const keys = [
      ...shortcutsWith(screenObjects).map(({ name }) => name),
      ...shortcutGroups.map((group) => `shortcuts.groups.${group}`),
    ];
    expect(keys.filter((key) => !isText(key))).toEqual([]);
  });
});

describe('numbers within texts', () => {
  const texts = (from: Texts, path: string): [key: string, text: string][] =>
    Object.entries(from).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${path}.${key}`, value] satisfies [string, string]]
        : texts(value, `${path}.${key}`),
    );

  test('stand in the reader’s signs', () => {
    vi.stubGlobal('document', { documentElement: { lang: '' } });
    const { t } = startI18n('en');
    const shown = formatNumber(8800);
    expect(shown).not.toBe('8800');
    expect(t('trash.purged', { count: 8800 })).toBe(`${shown} records removed for good`);
    expect(t('Line {{0}} of {{1}}', { ns: 'messages', keySeparator: false, 0: 8800, 1: 'a 2026.csv' })).toBe(
      `Line ${shown} of a 2026.csv`,
    );
  });

  test('that count things have a singular', () => {
    const keys = texts(english, '');
    // A number before a word that may be a plural, such as "{{done}} of {{count}} rows".
    const unforeseen = keys.filter(
      ([key, text]) =>
        /\{\{(count|total|done|rows|number)\}\} (more |of )?[a-z]+s\b/.test(text) &&
        !/_(one|other)$/.test(key),
    );
    expect(unforeseen).toEqual([]);
    const plurals = keys.filter(([key]) => key.endsWith('_other'));
    expect(plurals.length).toBeGreaterThan(20);
    expect(plurals.filter(([key]) => !keys.some(([one]) => one === key.replace(/_other$/, '_one')))).toEqual(
      [],
    );
  });
});

describe('the pseudo-locale', () => {
  test('accents letters and leaves placeholders and nested texts alone', () => {
    expect(pseudoText('Undo {{count}} of <b>all</b> $t(common.x)')).toBe(
      '[Ûñđö {{count}} öƒ <b>àļļ</b> $t(common.x)]',
    );
  });
  test('leaves no plain letter', () => {
    expect(pseudoText('The quick brown fox jumps over the lazy dog')).not.toMatch(/[A-Za-z]/);
  });
});
