import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { behaviours } from './behaviours.ts';
import { documents, type Passage } from './passages.ts';
import type { Source } from './requirement.ts';
import { items } from './requirements.ts';

const sources: readonly Source[] = ['blueprint', 'ai-native'];
const requirements = [...items, ...behaviours];
const at = (source: Source, { from, to }: Passage) =>
  requirements.filter((each) => each.source === source && each.line >= from && each.line <= to);

describe.each(sources)('%s', (source) => {
  const { lines, passages } = documents[source];

  test('is gone through from the first line to the last, each passage after the one before', () => {
    expect(passages.filter(({ from, to }) => from > to)).toEqual([]);
    expect(passages.at(-1)?.to).toBe(lines);
  });

  test('has something to show for every passage that asks for something', () => {
    expect(
      passages.filter((passage) => passage.reason === undefined && at(source, passage).length === 0),
    ).toEqual([]);
  });

  test('has no requirement in a passage that is said to ask for nothing', () => {
    expect(
      passages
        .filter(({ reason }) => reason !== undefined)
        .flatMap((passage) => at(source, passage).map(({ line, item }) => `${line}: ${item}`)),
    ).toEqual([]);
  });
});

test('every requirement stands once', () => {
  const all = requirements.map(({ source, line, item }) => `${source} ${line}: ${item}`);
  expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
});

test.each(behaviours.map((each) => [`${each.source} ${each.line}: ${each.item}`, each.shownBy] as const))(
  '%s',
  async (_, shownBy) => {
    expect(shownBy.length).toBeGreaterThan(0);
    for (const [file, title] of shownBy) {
      const text = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
      expect({ file, title, found: text.includes(title) }).toEqual({ file, title, found: true });
    }
  },
);
