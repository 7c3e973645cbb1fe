import { describe, expect, test } from 'vitest';
import { fieldsOf, objectNames } from '#shared/objects/objects.ts';
import { shortcutGroups, shortcuts } from '../shortcuts/registry.ts';
import { english } from './i18n.ts';
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
          `fields.${object}.${key}`,
          ...(options ?? []).map((option) => `options.${optionsName ?? ''}.${option}`),
        ])
        .filter((key) => !isText(key)),
    );
    expect(missing).toEqual([]);
  });

  test('name every shortcut and group', () => {
    const keys = [
      ...shortcuts.map(({ id }) => `shortcuts.names.${id}`),
      ...shortcutGroups.map((group) => `shortcuts.groups.${group}`),
    ];
    expect(keys.filter((key) => !isText(key))).toEqual([]);
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
