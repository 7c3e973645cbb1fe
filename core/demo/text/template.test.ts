import { expect, test } from 'vitest';
import { Chance } from '../chance.ts';
import { seededRandom } from '../seeded-random.ts';
import { topicNames } from './language.ts';
import { languages } from './languages.ts';
import { compileTemplate, type Facts, renderTemplate } from './template.ts';

const facts: Facts = (name) => name.toUpperCase();

function renderings(source: string): Set<string> {
  const chance = new Chance(seededRandom(1));
  const template = compileTemplate(source);
  return new Set(Array.from({ length: 200 }, () => renderTemplate(template, chance, facts)));
}

test('alternatives are chosen, nest and may be empty', () => {
  expect(renderings('a[b|c[d|]|]e')).toEqual(new Set(['abe', 'acde', 'ace', 'ae']));
});

test('facts are asked for by name', () => {
  expect(renderings('Dear {first}')).toEqual(new Set(['Dear FIRST']));
});

test.each(['[open', 'shut]', '{first', '{nobody}', 'a}'])('a mistyped text is refused: %s', (source) => {
  expect(() => compileTemplate(source)).toThrow(SyntaxError);
});

test('English can talk about every topic, so that every language has something to say', () => {
  expect([...languages.en.topics.keys()]).toEqual([...topicNames]);
});
