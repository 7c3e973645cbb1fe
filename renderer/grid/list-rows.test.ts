import { expect, test } from 'vitest';
import { accounts } from '#shared/objects/accounts.ts';
import { settledCount } from './list-rows.ts';

const at = '2026-01-01T00:00:00Z';
const row = accounts.row.parse({
  ...Object.fromEntries(
    accounts.fieldList.flatMap(({ key, displayKey }) => [
      [key, null],
      [displayKey ?? key, null],
    ]),
  ),
  id: '01890000-0000-7000-8000-000000000001',
  name: 'Acme',
  customFields: {},
  importBatchId: null,
  createdAt: at,
  updatedAt: at,
  deletedAt: null,
});
const page = (rows: number, nextCursor: string | null) => ({
  rows: Array.from({ length: rows }, () => row),
  nextCursor,
});

test('an exact count stands until the end is seen elsewhere', () => {
  expect(settledCount(250, true, undefined, 0)).toBe(250);
  expect(settledCount(250, true, page(2, 'more'), 102)).toBe(250);
  expect(settledCount(250, true, page(2, null), 202)).toBe(202);
});

test('an estimate gives way to what was read', () => {
  expect(settledCount(90, false, page(2, 'more'), 200)).toBe(300);
  expect(settledCount(90, false, page(1, null), 41)).toBe(41);
  expect(settledCount(3, false, page(0, null), 0)).toBe(0);
});
