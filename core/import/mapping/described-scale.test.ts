import { expect, test } from 'vitest';
import { scaleDescriptions, scaleIn } from './described-scale.ts';

test.each([
  ['Annual revenue (in millions of USD)', '1000000'],
  ['Turnover in EUR thousands', '1000'],
  ['Assets, in billion dollars', '1000000000'],
  ['Revenue from the deal', null],
  ['Sold to millions of people', null],
  ['In which of a thousand shops', null],
])('“%s” is a scale of %s', (description, scale) => {
  expect(scaleIn(description)).toBe(scale);
});

test('only a dictionary describes a scale', () => {
  const rows = [
    ['accounts.csv', 'Annual Revenue', 'Revenue in millions'],
    ['accounts.csv', 'Name', 'What it is called'],
  ];
  expect(scaleDescriptions('fields.csv', ['File', 'Column', 'Definition'], rows)).toEqual([
    {
      fileName: 'fields.csv',
      table: 'accounts',
      field: 'annual revenue',
      description: 'Revenue in millions',
      multiplier: '1000000',
    },
  ]);
  expect(scaleDescriptions('notes.csv', ['Account', 'Column', 'Definition'], rows)).toEqual([]);
});
