import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import * as fc from '#tests/support/property.ts';
import { csvRecord, protectFromFormulas, unprotectFromFormulas } from './error-file.ts';

test('what a spreadsheet would run is protected, numbers are not touched', () => {
  for (const formula of ['=1+1', '@SUM(A1)', '+cmd|x', '-2+3', '\tx', "'=1"]) {
    expect(protectFromFormulas(formula)).toBe(`'${formula}`);
  }
  for (const harmless of ['-5', '+34 600 123 456', '-1.234,50', 'Acme', "O'Neil", '']) {
    expect(protectFromFormulas(harmless)).toBe(harmless);
  }
});

test('any cell comes back as it was', () => {
  const cell = fc.oneof(fc.string(), fc.stringMatching(/^'{0,3}[-=+@]?[0-9A-Za-z ().,]{0,8}$/));
  fc.assert(
    fc.property(cell, (text) => {
      expect(unprotectFromFormulas(protectFromFormulas(text))).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test('any record comes back as it was, whatever separates its cells', () => {
  const cells = fc.array(
    fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', ' ', 'é') }),
    {
      minLength: 2,
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(cells, fc.constantFrom(',', ';', '\t'), (record, delimiter) => {
      expect(parse(csvRecord(record, delimiter), { delimiter })).toEqual([record]);
    }),
  );
});
