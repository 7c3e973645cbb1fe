import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { importPlanSchema } from '#shared/contract/imports.ts';
import { uploadIdSchema } from '#shared/contract/uploads.ts';
import { OptionsForm } from './options-form.tsx';

// Needs the browser's storage.
vi.mock('../import-state.ts', () => ({ changePlan: vi.fn() }));

const plan = importPlanSchema.parse({
  files: [
    {
      uploadId: uploadIdSchema.parse('0190a0a0-0000-7000-8000-000000000001'),
      fileName: 'deals.csv',
      sizeBytes: 10,
      rowCount: 1,
      totalLine: null,
      object: 'opportunities',
      ignoredReason: null,
      format: { encoding: 'utf-8', delimiter: ',', quote: '"', preambleRecords: 0 },
      columns: [],
      rememberedSince: null,
    },
  ],
  options: {},
  corrections: [],
});

test('what becomes of rows without an account is asked unless there are none', () => {
  const shown = (rowsWithoutAccount: number | undefined) =>
    renderToStaticMarkup(createElement(OptionsForm, { plan, rowsWithoutAccount }));
  expect(shown(undefined)).toContain('imports.options.onMissingAccount');
  expect(shown(3)).toContain('imports.options.onMissingAccountRows');
  expect(shown(0)).not.toContain('onMissingAccount');
  expect(shown(0)).toContain('imports.options.onDuplicate');
});
