import type { Page } from '@playwright/test';
import type { ImportBatch } from '#shared/contract/imports.ts';
import type { WorkspaceStatus } from '#shared/contract/workspace.ts';
import { SatchelError } from '#shared/errors.ts';
import { importBatchIdSchema } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import type { FakedAnswers } from './faked-answers.ts';
import { type ScreenState, smallImport } from './screens.ts';

export interface FakedState extends ScreenState {
  readonly answers: FakedAnswers;
}

const at = '2026-11-20T10:00:00.000Z';
const place = '/home/ines/satchel';
const noRecord = '01890000-0000-7000-8000-000000000000';

const upgrading: WorkspaceStatus = { state: 'upgrading', step: 'copying', done: 45, total: 120 };
const damaged: WorkspaceStatus = {
  state: 'damaged',
  foundAt: at,
  reason: say`The database stopped unexpectedly. Start Satchel again.`,
  directory: place,
  lastVerifiedBackup: { file: `${place}/backups/firm.satchel`, at },
  kept: [{ name: 'pg.replaced-20261119', by: 'restore' }],
};
const fullDisk = new SatchelError(
  'busy',
  say`The disk that holds ${place} is full. Free some space and try again. What was saved before is safe; this change was not saved.`,
);
const forbidden = new SatchelError('forbidden', say`Your role does not allow this.`);
const defect = new SatchelError('internal', say`The database stopped unexpectedly. Start Satchel again.`);

const batch = (status: ImportBatch['status'], number: number): ImportBatch => ({
  id: importBatchIdSchema.parse(`01890000-0000-7000-8000-00000000000${String(number)}`),
  fileNames: ['sales_pipeline.csv', 'accounts.csv'],
  status,
  counts: { opportunities: { created: 7375, updated: 1, skipped: 0, failed: 1425 } },
  userName: 'Ines Halvorsen',
  startedAt: at,
  finishedAt: status === 'running' ? null : at,
  revertedAt: status === 'reverted' ? at : null,
  error: null,
  errorFiles: [
    { sourceName: 'sales_pipeline.csv', name: 'sales_pipeline-errors.csv', path: place, rows: 1425 },
  ],
  canRevert: status !== 'running' && status !== 'reverted',
  canResume: status === 'interrupted',
});

const showsError = async (page: Page) => {
  await page.locator('[data-error]').waitFor();
};
const isBusy = async (page: Page) => {
  await page.locator('[aria-busy="true"]').first().waitFor();
};

/** States that the application itself gets into only with a broken disk, a slow engine or another role. */
export const fakedStates: readonly FakedState[] = [
  {
    name: 'upgrading',
    place: '/accounts',
    answers: { 'workspace/status': { output: upgrading } },
    prepare: isBusy,
  },
  {
    name: 'damaged',
    place: '/accounts',
    answers: { 'workspace/status': { output: damaged } },
    prepare: (page) => page.getByRole('heading').waitFor(),
  },
  {
    name: 'list-loading',
    place: '/accounts',
    answers: { 'accounts/list': 'none', 'accounts/count': 'none' },
    prepare: (page) => page.getByRole('row').nth(5).waitFor(),
  },
  {
    name: 'list-forbidden',
    place: '/contacts',
    answers: { 'contacts/list': { error: forbidden }, 'contacts/count': { error: forbidden } },
    prepare: showsError,
  },
  {
    name: 'list-unreadable',
    place: '/contacts',
    answers: { 'contacts/list': { error: defect } },
    prepare: showsError,
  },
  {
    name: 'record-loading',
    place: `/accounts/${noRecord}`,
    answers: { 'accounts/get': 'none' },
    prepare: isBusy,
  },
  {
    name: 'disk-full',
    place: '/contacts',
    answers: { 'contacts/trash': { error: fullDisk } },
    prepare: async (page) => {
      await page.locator('[id="cell-0-0"] a').waitFor();
      await page.keyboard.press('Delete');
      await page.locator('[data-sonner-toast][data-type="error"]').waitFor();
    },
  },
  {
    name: 'import-reading',
    place: '/import',
    answers: { 'imports/inspect': 'none' },
    prepare: async (page) => {
      await page.locator('input[type="file"]').setInputFiles(smallImport);
      await page.locator('input[type="file"]').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'import-past',
    place: '/import',
    answers: {
      'imports/list': {
        output: (['interrupted', 'running', 'completed', 'partly_reverted', 'reverted'] as const).map(batch),
      },
    },
    prepare: (page) => page.locator('[data-batch]').nth(4).waitFor(),
  },
];
