import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity } from '#db/engine/types.ts';
import type { ImportEvent, ImportPlan, ImportProgress, ImportReport } from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import { type ImportBatchId, importBatchIdSchema } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import type { Application, WorkPace } from '../../context.ts';
import { newChangeSetId, openChangeSet } from '../../data/change-set.ts';
import { EventStream } from '../../event-stream.ts';
import type { RunningWorks } from '../../platform/services/running-work.ts';
import { uploadPath } from '../../uploads/upload-paths.ts';
import { discardUpload } from '../../uploads/uploads.ts';
import { batchDirectory, batchSourcePath, dryRunsDirectory } from '../batches/batch-paths.ts';
import { type BatchEnd, endBatch, insertBatch, readBatch, setStatus } from '../batches/batch-rows.ts';
import { startCursor } from '../batches/batch-state.ts';
import { rememberMappings } from '../plan/inspect.ts';
import { requireAnswers } from '../plan/questions.ts';
import { valuesReadAs } from '../plan/value-columns.ts';
import {
  type ContextFacts,
  countNewFields,
  defineNewFields,
  makeContext,
  readVocabulary,
} from './make-context.ts';
import { type Emit, ImportRun } from './run-import.ts';
import { Tally } from './tally.ts';

interface Job {
  readonly batchId: ImportBatchId;
  readonly isDryRun: boolean;
  readonly events: EventStream<ImportEvent>;
  readonly abort: AbortController;
  ended: Promise<void>;
}

/** Thrown into a running import by `cancel`. */
const cancelled = new SatchelError('conflict', say`The import was cancelled.`);

/**
 * The import that runs, if any: one at a time, independent of the call that started it. A batch that the database calls
 * running and that is not here was interrupted.
 */
export class ImportJobs {
  readonly #works: RunningWorks;
  #current: Job | null = null;
  #isReverting = false;
  /** What the last dry run left to be read; gone with the next import. */
  #dryRun: { readonly runId: ImportBatchId; readonly errorFiles: ImportReport['errorFiles'] } | null = null;

  /** @param works where what runs is listed, and can be cancelled, beside all other work in the background */
  constructor(works: RunningWorks) {
    this.#works = works;
  }

  isRunning(batchId: ImportBatchId): boolean {
    return this.#current?.batchId === batchId && !this.#current.isDryRun;
  }

  /** The path of an error file of the last dry run; null when it has none of that name. */
  dryRunErrorFile(runId: ImportBatchId, name: string): string | null {
    if (this.#dryRun?.runId !== runId) return null;
    return this.#dryRun.errorFiles.find((file) => file.name === name)?.path ?? null;
  }

  /** Holds the place of the one import while `work` reverts a batch. */
  async whileReverting<T>(work: () => Promise<T>): Promise<T> {
    this.#refuseSecond();
    this.#isReverting = true;
    try {
      return await work();
    } finally {
      this.#isReverting = false;
    }
  }

  /**
   * The events end with `invalid` where questions are open.
   * @throws SatchelError `busy` while another import runs
   */
  start(
    app: Application,
    identity: Identity,
    plan: ImportPlan,
    options: { readonly isDryRun: boolean; readonly pace?: WorkPace },
  ): EventStream<ImportEvent> {
    const { isDryRun, pace = 'background' } = options;
    this.#refuseSecond();
    const batchId = importBatchIdSchema.parse(app.ids.next());
    const pathOf = isDryRun
      ? (id: UploadId) => uploadPath(app.dataDir, id)
      : (id: UploadId) => batchSourcePath(app.dataDir, batchId, id);
    const facts: ContextFacts = { app, identity, plan, batchId, isDryRun, pace, pathOf };
    return this.#run(facts, async () => {
      requireAnswers(plan, await readVocabulary(app, identity));
      const tally = new Tally();
      this.#dryRun = null;
      await rm(dryRunsDirectory(app.dataDir), { recursive: true, force: true });
      if (isDryRun) {
        const made = await app.engine.transaction(
          { as: identity, readOnly: true, label: 'import: custom fields' },
          (tx) => countNewFields(tx, facts),
        );
        tally.also('customFields', made);
      } else await begin(facts, tally);
      return { cursor: startCursor(), tally };
    });
  }

  /** @throws SatchelError `not_found`, `conflict` when the batch has ended, `busy` */
  async resume(
    app: Application,
    identity: Identity,
    batchId: ImportBatchId,
    pace: WorkPace = 'background',
  ): Promise<EventStream<ImportEvent>> {
    this.#refuseSecond();
    const batch = await app.engine.transaction({ as: identity, label: 'import: resume' }, async (tx) => {
      const stored = await readBatch(tx, identity, batchId);
      if (!['running', 'cancelled', 'failed'].includes(stored.status)) {
        throw new SatchelError('conflict', say`This import has ended and cannot go on.`);
      }
      await setStatus(tx, identity, batchId, 'running');
      return stored;
    });
    const pathOf: ContextFacts['pathOf'] = (id) => batchSourcePath(app.dataDir, batchId, id);
    const facts: ContextFacts = { app, identity, plan: batch.plan, batchId, isDryRun: false, pace, pathOf };
    return this.#run(facts, () => Promise.resolve({ cursor: batch.cursor, tally: batch.tally }));
  }

  /** @throws SatchelError `not_found` */
  watch(batchId: ImportBatchId): EventStream<ImportEvent> {
    if (!this.#current || !this.isRunning(batchId)) {
      throw new SatchelError('not_found', say`This import does not run.`);
    }
    return this.#current.events;
  }

  /** Stops a running import after the slice at hand, or with null a dry run; resolves when it has stopped. */
  async cancel(batchId: ImportBatchId | null): Promise<boolean> {
    const job = this.#current;
    if (!job || !(batchId === null ? job.isDryRun : this.isRunning(batchId))) return false;
    job.abort.abort(cancelled);
    await job.ended;
    return true;
  }

  #refuseSecond(): void {
    if (this.#current || this.#isReverting) {
      throw new SatchelError('busy', say`Another import is running. Wait for it, or cancel it.`);
    }
  }

  #run(
    facts: ContextFacts,
    begin: () => Promise<{ cursor: ReturnType<typeof startCursor>; tally: Tally }>,
  ): EventStream<ImportEvent> {
    const events = new EventStream<ImportEvent>();
    const abort = new AbortController();
    const job: Job = {
      batchId: facts.batchId,
      isDryRun: facts.isDryRun,
      events,
      abort,
      ended: Promise.resolve(),
    };
    this.#current = job;
    let progress: ImportProgress | null = null;
    const listed = this.#works.add({
      id: facts.batchId,
      ...facts.identity,
      service: 'import',
      kind: facts.isDryRun ? 'dry_run' : 'import',
      startedAt: new Date(facts.app.clock.now()).toISOString(),
      progress: () => progress && { done: progress.done, total: progress.total },
      cancel: async () => {
        abort.abort(cancelled);
        await job.ended;
      },
    });
    const emit: Emit = (event) => {
      if (event.type === 'progress') progress = event;
      listed.changed();
      events.push(event);
    };
    job.ended = execute(facts, begin, emit, abort.signal)
      .then(
        (report) => {
          if (report.isDryRun) this.#dryRun = report;
          events.end({ type: 'report', report });
        },
        (error: unknown) => events.fail(error),
      )
      .finally(() => {
        listed[Symbol.dispose]();
        this.#current = null;
      });
    return events;
  }
}

/** Makes the batch and its custom fields, and takes the uploads over. */
async function begin(facts: ContextFacts, tally: Tally): Promise<void> {
  const { app, identity, plan, batchId } = facts;
  await mkdir(batchDirectory(app.dataDir, batchId), { recursive: true, mode: 0o700 });
  for (const { uploadId } of plan.files)
    await rename(uploadPath(app.dataDir, uploadId), facts.pathOf(uploadId));
  const at = new Date(app.clock.now()).toISOString();
  try {
    await app.engine.transaction({ as: identity, source: 'import', label: 'import: begin' }, async (tx) => {
      await insertBatch(tx, identity, batchId, plan, at);
      await openChangeSet(tx, identity, newChangeSetId(app.ids), {
        label: say`Custom fields of an import`,
        source: 'import',
        importBatchId: batchId,
      });
      tally.also('customFields', await defineNewFields(tx, facts));
      await rememberMappings(tx, app, identity, plan, at);
    });
  } catch (error) {
    // Nothing has begun: the person can change the plan and run it again with the same uploads.
    for (const { uploadId } of plan.files) {
      await rename(facts.pathOf(uploadId), uploadPath(app.dataDir, uploadId));
    }
    throw error;
  }
  for (const { uploadId } of plan.files) await discardUpload(app.dataDir, uploadId);
}

async function execute(
  facts: ContextFacts,
  begin: () => Promise<{ cursor: ReturnType<typeof startCursor>; tally: Tally }>,
  emit: Emit,
  signal: AbortSignal,
): Promise<ImportReport> {
  const { app, identity, plan, batchId, isDryRun } = facts;
  const began = performance.now();
  emit({
    type: 'progress',
    batchId: isDryRun ? null : batchId,
    step: 'preparing',
    fileName: null,
    done: 0,
    total: null,
  });
  const start = await begin();
  const directory = isDryRun
    ? join(dryRunsDirectory(app.dataDir), batchId)
    : batchDirectory(app.dataDir, batchId);
  const context = await app.engine.transaction(
    { as: identity, readOnly: true, label: 'import: prepare' },
    (tx) => makeContext(tx, facts),
  );
  const run = new ImportRun(context, { ...start, directory }, emit, signal);
  let status: 'completed' | 'cancelled' = 'completed';
  try {
    await run.run();
  } catch (error) {
    if (!signal.aborted) {
      const said = error instanceof SatchelError ? error.said : say`The import stopped because of a defect.`;
      await end(facts, { status: 'failed', error: said }, run);
      throw error;
    }
    status = 'cancelled';
  }
  await end(facts, { status }, run);
  if (!isDryRun && status === 'completed') await removeSources(facts);
  return {
    batchId: isDryRun ? null : batchId,
    runId: batchId,
    isDryRun,
    status,
    ...run.tally.facts(),
    values: valuesReadAs(plan, context),
    ignoredFiles: plan.files
      .filter(({ object }) => object === null)
      .map(({ fileName, ignoredReason }) => ({
        fileName,
        reason: ignoredReason ?? say`Not chosen for the import.`,
      })),
    errorFiles: run.errorFiles(),
    durationMs: performance.now() - began,
  };
}

async function end(
  { app, identity, batchId, isDryRun }: ContextFacts,
  end: BatchEnd,
  run: ImportRun,
): Promise<void> {
  if (isDryRun) return;
  const at = new Date(app.clock.now()).toISOString();
  const [errorFile] = run.errorFiles();
  await app.engine.transaction({ as: identity, label: 'import: end' }, (tx) =>
    endBatch(tx, identity, batchId, end, at, errorFile?.path ?? null),
  );
}

/** A completed import never reads its files again. */
async function removeSources({ app, plan, batchId, pathOf }: ContextFacts): Promise<void> {
  for (const { uploadId } of plan.files) await rm(pathOf(uploadId), { force: true });
  await rm(`${batchDirectory(app.dataDir, batchId)}/parents.jsonl`, { force: true });
}
