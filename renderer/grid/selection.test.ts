import { expect, test } from 'vitest';
import { choose, chooseMany, chosenCount, everything, isChosen, nothing, toSelection } from './selection.ts';

const a = '01890000-0000-7000-8000-00000000000a';
const b = '01890000-0000-7000-8000-00000000000b';

test('chooses some by id', () => {
  const chosen = chooseMany(nothing, [a, b]);
  expect(chosenCount(chosen, 100)).toBe(2);
  expect(isChosen(choose(chosen, a, false), a)).toBe(false);
  expect(toSelection(choose(chosen, a, false), {})).toEqual({ ids: [b] });
});

test('chooses everything but some, loaded or not', () => {
  const chosen = choose(everything, a, false);
  expect(chosenCount(chosen, 100_000)).toBe(99_999);
  expect(isChosen(chosen, a)).toBe(false);
  expect(isChosen(chosen, b)).toBe(true);
  expect(toSelection(chosen, { search: 'x' })).toEqual({ all: { search: 'x' }, except: [a] });
  expect(chosenCount(choose(chosen, a, true), 5)).toBe(5);
});
