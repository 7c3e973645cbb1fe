import { expect, test } from 'vitest';
import { fieldsOf } from '#shared/objects/objects.ts';
import { columnsOf, defaultDefinition } from '../list-definition.ts';
import { gridWidths } from './grid-layout.ts';

const definition = defaultDefinition('accounts');
const fields = fieldsOf('accounts').map((field) => ({ ...field, label: field.key, isCustom: false }));
const columns = columnsOf('accounts', definition, fields);
const whole = columns.reduce((sum, { width }) => sum + width, 44);

test('columns that nearly fit are narrowed, numbers and chosen widths are not, and what must scroll anyway is whole', () => {
  expect(gridWidths(columns, whole - 20).least).toBeLessThan(whole - 20);
  expect(gridWidths(columns, whole - 20).template).toContain('minmax(128px, 128px)');
  expect(gridWidths(columns, whole / 2).least).toBe(whole);
  const chosen = { ...definition, columns: columns.map(({ field, width }) => ({ field: field.key, width })) };
  expect(gridWidths(columnsOf('accounts', chosen, fields), whole - 20).least).toBe(whole);
});
