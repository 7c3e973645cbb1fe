import { expect, test } from 'vitest';
import { scaleDescriptions } from './described-scale.ts';

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
