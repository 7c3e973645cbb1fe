import { z } from 'zod';
import {
  importPlanSchema,
  importQuestionSchema,
  importReportSchema,
  revertReportSchema,
} from '#shared/contract/imports.ts';
import { importBatchIdSchema } from '#shared/ids.ts';
import type { ImportState } from './import-step.ts';

const key = 'satchel-import';

/** The steps that a reload comes back to. The files themselves are with the application already. */
const savedSchema = z.object({
  step: z.discriminatedUnion('name', [
    z.object({ name: z.literal('plan') }),
    z.object({
      name: z.literal('running'),
      isDryRun: z.literal(false),
      batchId: importBatchIdSchema,
      progress: z.null(),
    }),
    z.object({ name: z.literal('report'), report: importReportSchema }),
    z.object({ name: z.literal('reverted'), report: revertReportSchema }),
  ]),
  plan: importPlanSchema.nullable(),
  questions: z.array(importQuestionSchema),
});
type Saved = z.infer<typeof savedSchema>;

/** Keeps where an import stands for as long as its window is open: in the session, for it is nobody else's. */
export function saveImport({ step, plan, questions }: ImportState): void {
  const kept = stepToKeep(step, plan !== null);
  try {
    if (kept === null) sessionStorage.removeItem(key);
    else
      sessionStorage.setItem(
        key,
        JSON.stringify({ step: kept, plan, questions: [...questions] } satisfies Saved),
      );
  } catch {
    // A plan of thousands of columns may not fit. The import goes on; only a reload would begin anew.
    sessionStorage.removeItem(key);
  }
}

/** What `saveImport` kept, if this version of the application understands it. */
export function savedImport(): ImportState | null {
  const text = sessionStorage.getItem(key);
  if (text === null) return null;
  try {
    const saved = savedSchema.safeParse(JSON.parse(text)).data;
    return saved && (saved.step.name !== 'plan' || saved.plan) ? saved : null;
  } catch {
    return null;
  }
}

function stepToKeep(step: ImportState['step'], hasPlan: boolean): Saved['step'] | null {
  switch (step.name) {
    case 'report':
    case 'reverted':
    case 'plan':
      return step;
    case 'running':
      if (!step.isDryRun && step.batchId !== null) {
        return { name: 'running', isDryRun: false, batchId: step.batchId, progress: null };
      }
      return hasPlan ? { name: 'plan' } : null;
    case 'failed':
      return step.backTo === 'plan' ? { name: 'plan' } : null;
    case 'choose':
    case 'uploading':
    case 'reverting':
      return null;
    default:
      return step satisfies never;
  }
}
