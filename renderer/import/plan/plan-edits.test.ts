import { describe, expect, test } from 'vitest';
import {
  type CorrectionProposal,
  type ImportPlan,
  type ImportQuestion,
  importPlanSchema,
} from '#shared/contract/imports.ts';
import { uploadIdSchema } from '#shared/contract/uploads.ts';
import { say } from '#shared/message.ts';
import { keyFromHeader, newCustomTarget, withAnswer, withCorrection, withFile } from './plan-edits.ts';

const uploadId = uploadIdSchema.parse('0190a0a0-0000-7000-8000-000000000001');
const column = (index: number, header: string) => ({
  index,
  header,
  samples: ['03/04/2026'],
  detected: 'date' as const,
  target: { kind: 'field' as const, field: 'closeDate' },
  dateOrder: null,
  decimalSign: null,
  multiplier: '1',
  describedScale: null,
  misfits: null,
  distinct: null,
  isRepeated: false,
  chosen: [],
});
const plan: ImportPlan = importPlanSchema.parse({
  files: [
    {
      uploadId,
      fileName: 'deals.csv',
      sizeBytes: 10,
      rowCount: 1,
      totalLine: null,
      object: 'opportunities',
      ignoredReason: null,
      format: { encoding: 'utf-8', delimiter: ',', quote: '"', preambleRecords: 0 },
      columns: [column(0, 'opened'), column(1, 'closed')],
      rememberedSince: null,
    },
  ],
  options: {},
  corrections: [],
});
const proposal: CorrectionProposal = {
  uploadId,
  column: 1,
  header: 'product',
  from: 'GTXPro',
  to: 'GTX Pro',
  rows: 1_480,
  kind: 'same_letters',
  isApplied: true,
};

describe('corrections', () => {
  test('say only what differs from what happens anyway', () => {
    const declined = withCorrection(plan, proposal, false);
    expect(declined.corrections).toEqual([{ uploadId, column: 1, from: 'GTXPro', to: null }]);
    expect(withCorrection(declined, proposal, true).corrections).toEqual([]);
    const similar = { ...proposal, kind: 'similar' as const };
    expect(withCorrection(plan, similar, true).corrections).toEqual([
      { uploadId, column: 1, from: 'GTXPro', to: 'GTX Pro' },
    ]);
    expect(withCorrection(plan, similar, false).corrections).toEqual([]);
  });
  test('go when their file is read anew', () => {
    const declined = withCorrection(plan, proposal, false);
    const [file] = declined.files;
    expect(file && withFile(declined, file).corrections).toEqual([]);
  });
});

describe('an answer', () => {
  const question: ImportQuestion = {
    uploadId,
    fileName: 'deals.csv',
    column: 1,
    header: 'closed',
    columns: [1],
    kind: 'date_order',
    message: say`How?`,
    values: [],
    choices: [],
  };
  test('is written into the columns that it is for', () => {
    const answered = withAnswer(plan, question, 'dmy');
    expect(answered?.files[0]?.columns.map(({ dateOrder }) => dateOrder)).toEqual([null, 'dmy']);
    const both = withAnswer(plan, { ...question, columns: [0, 1] }, 'mdy');
    expect(both?.files[0]?.columns.map(({ dateOrder }) => dateOrder)).toEqual(['mdy', 'mdy']);
  });
  test('that no column holds is left to another screen', () => {
    expect(withAnswer(plan, { ...question, kind: 'target_twice' }, 'x')).toBeNull();
    expect(withAnswer(plan, { ...question, kind: 'object', column: null }, 'accounts')).toBeNull();
  });
});

describe('a new custom field', () => {
  test('has a key that the database takes', () => {
    expect(keyFromHeader('Région / Größe', 0)).toBe('region_grosse');
    expect(keyFromHeader('2026 target', 4)).toBe('column_5');
    expect(keyFromHeader('客户', 1)).toBe('column_2');
    expect(keyFromHeader('x'.repeat(90), 0)).toHaveLength(63);
  });
  test('has the kind of its values', () => {
    expect(newCustomTarget(column(0, 'Signed on'))).toEqual({
      kind: 'new_custom',
      key: 'signed_on',
      label: 'Signed on',
      type: 'date',
    });
  });
});
