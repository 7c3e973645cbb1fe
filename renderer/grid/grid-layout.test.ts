import { expect, test } from 'vitest';
import { fieldsOf } from '#shared/objects/objects.ts';
import * as fc from '#tests/support/property.ts';
import { accounts } from '../objects/accounts.tsx';
import { gridWidths, rowsOfSlots } from './grid-layout.ts';
import { columnsOf, defaultDefinition } from './list-definition.ts';

const definition = defaultDefinition('accounts');
const fields = fieldsOf('accounts').map((field) => ({ ...field, label: field.key, isCustom: false }));
const columns = columnsOf(accounts, definition, fields);
const whole = columns.reduce((sum, { width }) => sum + width, 44);

test('columns that nearly fit are narrowed, numbers and chosen widths are not, and what must scroll anyway is whole', () => {
  expect(gridWidths(columns, whole - 20).least).toBeLessThan(whole - 20);
  expect(gridWidths(columns, whole - 20).template).toContain('minmax(128px, 128px)');
  expect(gridWidths(columns, whole / 2).least).toBe(whole);
  const chosen = { ...definition, columns: columns.map(({ field, width }) => ({ field: field.key, width })) };
  expect(gridWidths(columnsOf(accounts, chosen, fields), whole - 20).least).toBe(whole);
});

test('a row stays in its element wherever the list is scrolled to, and every element shows a row', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.integer({ min: 1, max: 60 }), fc.nat(300), (first, slots, rowCount) => {
      const drawn = rowsOfSlots(first, slots, rowCount);
      const begin = Math.max(0, Math.min(first, rowCount - slots));
      const length = Math.min(slots, rowCount);
      expect(drawn.toSorted((a, b) => a - b)).toEqual(Array.from({ length }, (_, index) => begin + index));
      drawn.forEach((row, slot) => expect(row % slots).toBe(slot));
    }),
  );
});
