import type {
  ImportEvent,
  ImportPlan,
  ImportQuestion,
  ImportReport,
  RevertReport,
} from '#shared/contract/imports.ts';
import type { ImportBatchId } from '#shared/ids.ts';

export interface FileUpload {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
}

type Progress = Extract<ImportEvent, { type: 'progress' }>;

/** Where an import stands. It lives outside the screen, so that leaving the screen neither stops nor forgets it. */
export type ImportStep =
  | { name: 'choose' }
  | { name: 'uploading'; uploads: readonly FileUpload[]; isInspecting: boolean }
  | { name: 'plan' }
  | { name: 'running'; isDryRun: boolean; batchId: ImportBatchId | null; progress: Progress | null }
  | { name: 'report'; report: ImportReport }
  | { name: 'reverting'; done: number; total: number | null }
  | { name: 'reverted'; report: RevertReport }
  | { name: 'failed'; error: unknown; backTo: 'choose' | 'plan' };

export interface ImportState {
  step: ImportStep;
  plan: ImportPlan | null;
  /** As the application asked when it last saw the plan. */
  questions: readonly ImportQuestion[];
}
