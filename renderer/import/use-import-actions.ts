import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { ContractClient } from '#shared/contract/contract.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { FileFormat, FilePlan, ImportEvent, ImportPlan, RevertEvent } from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { useErrorToast } from '../edits/toasts.tsx';
import { asSatchelError } from '../i18n/errors.ts';
import { uploadFile } from './files/upload-file.ts';
import { changePlan, nothingChosen, setStep, useImport } from './import-state.ts';
import type { ImportStep } from './import-step.ts';
import { withFile } from './plan/plan-edits.ts';
import { reportTitle } from './run/report-title.ts';

const importPath = '/import';

/** Stops the uploads under way when a person starts over. */
let uploading = new AbortController();

/** What a person can do on the import screen. All of it goes on when the screen is left. */
export function useImportActions() {
  const client = useClient();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const showError = useErrorToast();
  const router = useRouter();

  return useMemo(() => {
    /** Whoever went on working elsewhere is told; on the import screen the end shows by itself. */
    const tellEnd = (isDryRun: boolean) => {
      if (router.state.location.pathname === importPath) return;
      const { step } = useImport.getState();
      const action = { label: t('imports.report.show'), onClick: () => router.history.push(importPath) };
      if (step.name === 'report' || step.name === 'reverted') {
        const title = step.name === 'report' ? reportTitle(step.report) : 'imports.revert.done';
        toast.success(t(title), { action, duration: 10_000 });
      } else if (step.name === 'failed') {
        showError(t(isDryRun ? 'imports.dryRunFailed' : 'imports.failed'), step.error);
      }
    };
    const end = (isDryRun: boolean) => {
      void queries.invalidateQueries({ queryKey: queryKeys.imports() });
      tellEnd(isDryRun);
    };
    return {
      chooseFiles: (files: readonly File[]) =>
        void readFiles(client, files, (error) => showError(t('imports.uploadFailed'), error)),
      startOver: () => {
        uploading.abort();
        discardUploads(client);
        useImport.setState(nothingChosen);
      },
      readAgain: async (uploadId: UploadId, how: { format?: FileFormat; object?: ImportObject }) => {
        try {
          const file = await client.imports.inspectFile({
            uploadId,
            ...how,
            otherUploadIds: otherUploadIds(uploadId),
          });
          changePlan((plan) => withFile(plan, file));
        } catch (error) {
          showError(t('imports.readFailed'), error);
        }
      },
      mapAfresh: async ({ uploadId, object, format, columns }: FilePlan) => {
        if (object === null) return;
        try {
          await client.imports.forgetMapping({ headers: columns.map(({ header }) => header), object });
          const file = await client.imports.inspectFile({
            uploadId,
            format,
            object,
            otherUploadIds: otherUploadIds(uploadId),
          });
          changePlan((plan) => withFile(plan, file));
        } catch (error) {
          showError(t('imports.readFailed'), error);
        }
      },
      run: (plan: ImportPlan, dryRun: boolean) => {
        setStep({ name: 'running', isDryRun: dryRun, batchId: null, progress: null });
        void follow(() => client.imports.run({ plan, dryRun }), dryRun).finally(() => end(dryRun));
      },
      resume: (batchId: ImportBatchId) => {
        setStep({ name: 'running', isDryRun: false, batchId, progress: null });
        void follow(() => client.imports.resume({ batchId }), false).finally(() => end(false));
      },
      watch: (batchId: ImportBatchId) => {
        setStep({ name: 'running', isDryRun: false, batchId, progress: null });
        void follow(() => client.imports.watch({ batchId }), false).finally(() => end(false));
      },
      /** After a reload: an import that goes on is watched again; one that has ended meanwhile is among the past ones. */
      watchAgain: (batchId: ImportBatchId) => {
        void follow(() => client.imports.watch({ batchId }), false, { name: 'choose' }).finally(() =>
          end(false),
        );
      },
      cancel: async (batchId: ImportBatchId) => {
        try {
          await client.imports.cancel({ batchId });
        } catch (error) {
          showError(t('imports.cancelFailed'), error);
        }
      },
      revert: (batchId: ImportBatchId) => {
        setStep({ name: 'reverting', done: 0, total: null });
        void followRevert(() => client.imports.revert({ batchId })).finally(() => {
          end(false);
          void queries.invalidateQueries({ queryKey: ['records'] });
        });
      },
    };
  }, [client, queries, router, showError, t]);
}

/** @param leaveOut told of each file that the browser cannot read, where others can be */
async function readFiles(
  client: ContractClient,
  files: readonly File[],
  leaveOut: (error: unknown) => void,
): Promise<void> {
  uploading = new AbortController();
  const { signal } = uploading;
  let uploads = files.map(({ name, size }) => ({ name, sizeBytes: size, sentBytes: 0 }));
  const show = (isInspecting: boolean) => {
    if (!signal.aborted) setStep({ name: 'uploading', uploads, isInspecting });
  };
  show(false);
  try {
    const uploadIds: UploadId[] = [];
    const failures: unknown[] = [];
    for (const [index, file] of files.entries()) {
      const progress = (sentBytes: number) => {
        uploads = uploads.map((upload, at) => (at === index ? { ...upload, sentBytes } : upload));
        show(false);
      };
      try {
        uploadIds.push(await uploadFile(client, file, progress, signal));
      } catch (error) {
        if (asSatchelError(error).code !== 'invalid') throw error;
        failures.push(error);
      }
    }
    if (uploadIds.length === 0) throw failures[0];
    for (const failure of failures) leaveOut(failure);
    show(true);
    const { plan, questions } = await client.imports.inspect({ uploadIds }, { signal });
    if (!signal.aborted) useImport.setState({ plan, questions, step: { name: 'plan' } });
  } catch (error) {
    if (!signal.aborted) setStep({ name: 'failed', error, backTo: 'choose' });
  }
}

/** The other files of the plan: one of them may describe the columns of this one. */
function otherUploadIds(uploadId: UploadId): UploadId[] {
  const files = useImport.getState().plan?.files ?? [];
  return files.map((file) => file.uploadId).filter((id) => id !== uploadId);
}

/** Uploads that were not used take space until a day has passed; those of a plan given up can go at once. */
function discardUploads(client: ContractClient): void {
  for (const { uploadId } of useImport.getState().plan?.files ?? []) {
    client.uploads.discard({ uploadId }).catch(() => undefined);
  }
}

async function follow(
  open: () => Promise<AsyncIterable<ImportEvent>>,
  isDryRun: boolean,
  ended?: ImportStep,
): Promise<void> {
  try {
    for await (const event of await open()) {
      if (event.type === 'report') {
        setStep({ name: 'report', report: event.report });
        if (!isDryRun) useImport.setState({ plan: null, questions: [] });
      } else {
        setStep({ name: 'running', isDryRun, batchId: event.batchId, progress: event });
      }
    }
  } catch (error) {
    if (ended && asSatchelError(error).code === 'not_found') {
      setStep(ended);
      return;
    }
    const { step, plan } = useImport.getState();
    // One that has begun is among the past imports, where it goes on; running its plan again would be a second import.
    const hasBegun = step.name === 'running' && !step.isDryRun && step.batchId !== null;
    if (hasBegun) useImport.setState({ plan: null, questions: [] });
    setStep({ name: 'failed', error, backTo: plan === null || hasBegun ? 'choose' : 'plan' });
  }
}

async function followRevert(open: () => Promise<AsyncIterable<RevertEvent>>): Promise<void> {
  try {
    for await (const event of await open()) {
      if (event.type === 'report') setStep({ name: 'reverted', report: event.report });
      else setStep({ name: 'reverting', done: event.done, total: event.total });
    }
  } catch (error) {
    setStep({ name: 'failed', error, backTo: 'choose' });
  }
}
