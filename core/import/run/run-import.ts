import { join } from 'node:path';
import { importTargets } from '#shared/contract/import-targets.ts';
import type { FilePlan, ImportEvent, ImportReport } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { type Message, say } from '#shared/message.ts';
import { newChangeSetId, openChangeSet } from '../../data/change-set.ts';
import { importModules } from '../../objects/import-modules.ts';
import { saveProgress } from '../batches/batch-rows.ts';
import type { Cursor } from '../batches/batch-state.ts';
import { readRecords } from '../files/records.ts';
import { finishSearchIndexes, noteTableSizes } from '../statistics.ts';
import { YieldPace } from '../yield-pace.ts';
import { AppendFile } from './append-file.ts';
import { Companions } from './companions.ts';
import { ErrorFiles, errorFileReports } from './error-files.ts';
import { finishedImport } from './finished-import.ts';
import type { ImportContext } from './import-context.ts';
import { lookUpLinks, readInBackground } from './linking/look-up.ts';
import { linkParents } from './linking/parents.ts';
import { LinkResolver } from './linking/resolver.ts';
import { KnownKeys } from './matching/known-keys.ts';
import { NearNames } from './matching/near-names.ts';
import { type OrderedFile, orderedFiles } from './ordered-files.ts';
import { type ParsedRow, RowParser } from './row-parser.ts';
import { importSlice } from './slice/slice.ts';
import type { SliceInput, SliceResult } from './slice/slice-state.ts';
import { SliceBudget } from './slice-budget.ts';
import type { Tally } from './tally.ts';
import { ScreenIndexes } from './writing/deferred-indexes.ts';

/** The planner is told of a table's size after this many rows, then each time after four times as many, and at the end. */
const firstNoteOfSize = 500;

export type Emit = (event: ImportEvent) => void;

/** Carries out a plan, from where the cursor stands to the end, in background slices of one transaction each. */
export class ImportRun {
  readonly #context: ImportContext;
  readonly #files: readonly OrderedFile[];
  readonly #emit: Emit;
  readonly #signal: AbortSignal;
  readonly #errorFiles: ErrorFiles;
  readonly #waitingLinks: AppendFile;
  readonly #links: LinkResolver;
  readonly #companions: Companions;
  readonly #slices: SliceBudget;
  readonly #screenIndexes: ScreenIndexes;
  readonly #directory: string;
  #known: KnownKeys | null = null;
  #near: NearNames | null = null;
  #cursor: Cursor;
  #tally: Tally;

  constructor(
    context: ImportContext,
    start: { readonly cursor: Cursor; readonly tally: Tally; readonly directory: string },
    emit: Emit,
    signal: AbortSignal,
  ) {
    this.#context = context;
    this.#files = orderedFiles(context.plan, context.pathOf);
    this.#slices = new SliceBudget(context.app.engine, context.pace);
    this.#screenIndexes = new ScreenIndexes(context.app, this.#slices);
    this.#emit = emit;
    this.#signal = signal;
    this.#cursor = start.cursor;
    this.#tally = start.tally;
    this.#directory = start.directory;
    this.#errorFiles = new ErrorFiles(start.directory, start.cursor.errorFiles);
    this.#waitingLinks = new AppendFile(join(start.directory, 'parents.jsonl'), start.cursor.linkBytes);
    this.#links = new LinkResolver(context);
    this.#companions = new Companions({ ...context, ids: context.app.ids });
    for (const message of context.permissions.ofPlan(context.plan)) this.#tally.warn(message);
    for (const { object, plan } of this.#files) {
      this.#tally.expect(object);
      for (const message of scaleNotes(plan)) this.#tally.warn(message);
    }
  }

  get tally(): Tally {
    return this.#tally;
  }

  get cursor(): Cursor {
    return this.#cursor;
  }

  errorFiles(): ImportReport['errorFiles'] {
    return errorFileReports(this.#directory, this.#errorFiles.states());
  }

  /** @throws the signal's reason when it was aborted; what was committed until then stays. */
  async run(): Promise<void> {
    try {
      await readInBackground(this.#context, this.#signal, (tx) => this.#companions.load(tx));
      for (const [position, file] of this.#files.entries()) {
        if (position < this.#cursor.filesDone) continue;
        await this.#importFile(file);
        this.#cursor = { ...this.#cursor, filesDone: position + 1, rowsDone: 0 };
      }
      if (this.#cursor.linkBytesDone < this.#waitingLinks.length) await this.#linkParents();
      if (!this.#context.isDryRun) await this.#finish();
    } finally {
      await this.#errorFiles.close();
      await this.#waitingLinks.close();
      // Also of an import that was cancelled or failed; what a stopped engine leaves is built when it opens again.
      if (this.#screenIndexes.areDeferred) {
        this.#progress('finishing', null);
        await this.#screenIndexes.build();
      }
    }
  }

  /** What objects do with all rows in. */
  async #finish(): Promise<void> {
    const run = finishedImport(this.#context, this.#signal);
    for (const module of importModules) await module.finish?.(run);
  }

  async #importFile(file: OrderedFile): Promise<void> {
    const { plan, object, path } = file;
    const parser = new RowParser(plan, object, {
      labels: this.#context.labels.get(object) ?? new Map(),
      customFields: this.#context.customFields.get(object) ?? new Map(),
      corrections: file.corrections,
    });
    this.#known = await KnownKeys.read(this.#context, object, file.system, this.#signal);
    this.#near = await NearNames.read(this.#context, file, this.#signal);
    let toSkip = plan.format.preambleRecords + 1 + this.#cursor.rowsDone;
    const pace = new YieldPace();
    let noteAt = firstNoteOfSize;
    let rowsHere = 0;
    let waiting: ParsedRow[] = [];
    const startedWith = this.#tally.created(object);
    for await (const batch of readRecords(path, plan.fileName, plan.format)) {
      for (const record of batch) {
        if (toSkip > 0) {
          toSkip -= 1;
          continue;
        }
        waiting.push(parser.parse(record));
        if (waiting.length >= this.#slices.rows) {
          await this.#importRows(file, waiting);
          rowsHere += waiting.length;
          waiting = [];
          if (rowsHere >= noteAt) {
            noteAt = rowsHere * 4;
            await this.#noteSizes(file);
          }
          if (!this.#context.isDryRun) {
            await this.#screenIndexes.consider(object, {
              imported: rowsHere,
              created: this.#tally.created(object) - startedWith,
              left: (plan.rowCount ?? 0) - rowsHere,
            });
          }
        }
        await pace.step(this.#signal);
      }
    }
    if (waiting.length > 0) await this.#importRows(file, waiting);
    await this.#noteSizes(file);
    if (!this.#context.isDryRun) await finishSearchIndexes(this.#context.app, object);
  }

  async #noteSizes({ object, plan }: OrderedFile): Promise<void> {
    if (this.#context.isDryRun) return;
    const linked = plan.columns.flatMap(({ target }) =>
      target.kind === 'link' && target.onMissing === 'create'
        ? importTargets(object).links.filter(({ key }) => key === target.field)
        : [],
    );
    const objects = new Set([object, ...linked.map(({ target }) => target)]);
    await noteTableSizes(this.#context.app, [...objects, 'change_sets', 'field_history']);
  }

  /** One slice. A row that the database refuses is found by halving, and fails alone. */
  async #importRows(file: OrderedFile, rows: readonly ParsedRow[]): Promise<void> {
    await lookUpLinks(this.#context, this.#links, file, rows, this.#signal);
    await this.#near?.prepare(rows, this.#signal);
    this.#signal.throwIfAborted();
    let result: SliceResult;
    try {
      result = await this.#commitSlice(file, rows);
    } catch (error) {
      this.#links.rollback();
      this.#companions.rollback();
      if (!isRefusal(error)) throw error;
      if (rows.length > 1) {
        const half = Math.ceil(rows.length / 2);
        await this.#importRows(file, rows.slice(0, half));
        await this.#importRows(file, rows.slice(half));
        return;
      }
      const [row] = rows;
      if (!row) return;
      // The message says which rule of the database the row breaks.
      result = await this.#commitSlice(file, [{ ...row, issues: [{ target: '', message: error.said }] }]);
    }
    this.#links.commit();
    this.#companions.commit();
    this.#tally.add(result.tally);
    for (const key of result.keys) this.#known?.add(key);
    this.#progress('importing', file.plan.fileName);
  }

  async #commitSlice(file: OrderedFile, rows: readonly ParsedRow[]): Promise<SliceResult> {
    const { app, identity, isDryRun, batchId } = this.#context;
    const next: Cursor = {
      ...this.#cursor,
      step: 'importing',
      rowsDone: this.#cursor.rowsDone + rows.length,
      totalDone: this.#cursor.totalDone + rows.length,
    };
    const result = await app.engine.transaction(
      {
        as: identity,
        priority: 'background',
        source: 'import',
        readOnly: isDryRun,
        signal: this.#signal,
        label: `import: ${file.object}`,
      },
      async (tx) => {
        await this.#slices.began(tx);
        if (!isDryRun) {
          await openChangeSet(tx, identity, newChangeSetId(app.ids), {
            label: say`Imported ${file.plan.fileName}`,
            source: 'import',
            importBatchId: batchId,
          });
        }
        const done = await importSlice(tx, this.#sliceInput(file), rows);
        next.errorFiles = await this.#errorFiles.append(file.plan, done.failures);
        next.linkBytes = await this.#appendParents(file, done);
        if (!isDryRun) await saveProgress(tx, identity, batchId, next, this.#tally.with(done.tally));
        return done;
      },
    );
    this.#slices.took(rows.length);
    this.#cursor = next;
    this.#errorFiles.commit(next.errorFiles);
    this.#waitingLinks.commit(next.linkBytes);
    return result;
  }

  #sliceInput(file: OrderedFile): SliceInput {
    return {
      context: this.#context,
      file,
      links: this.#links,
      companions: this.#companions,
      known: this.#known,
      near: this.#near,
    };
  }

  async #appendParents(file: OrderedFile, { parents }: SliceResult): Promise<number> {
    if (parents.length === 0) return this.#waitingLinks.length;
    const lines = parents.map((parent) => `${JSON.stringify({ ...parent, file: file.position })}\n`);
    return this.#waitingLinks.append(lines.join(''));
  }

  async #linkParents(): Promise<void> {
    await linkParents(
      {
        context: this.#context,
        files: this.#files,
        links: this.#links,
        path: this.#waitingLinks.path,
        signal: this.#signal,
      },
      this.#cursor,
      async (tx, cursor, tally) => {
        await saveProgress(
          tx,
          this.#context.identity,
          this.#context.batchId,
          cursor,
          this.#tally.with(tally),
        );
      },
      (cursor, tally) => {
        this.#cursor = cursor;
        this.#tally.add(tally);
        this.#progress('linking', null);
      },
    );
  }

  #progress(step: 'importing' | 'linking' | 'finishing', fileName: string | null): void {
    const rowCounts = this.#files.map(({ plan }) => plan.rowCount);
    const isCounted = rowCounts.every((count) => count !== null);
    const total = isCounted ? rowCounts.reduce((sum, count) => sum + (count ?? 0), 0) : null;
    const { isDryRun, batchId } = this.#context;
    this.#emit({
      type: 'progress',
      batchId: isDryRun ? null : batchId,
      step,
      fileName,
      done: this.#cursor.totalDone,
      total,
    });
  }
}

/** Numbers that are kept greater than they stand in the file, on a data dictionary's word. */
function scaleNotes({ fileName, columns }: FilePlan): Message[] {
  return columns.flatMap(({ header, target, multiplier, describedScale }) =>
    describedScale === null || multiplier === '1' || target.kind === 'ignore' || target.kind === 'link'
      ? []
      : [
          say`${fileName}: the numbers in “${header}” were multiplied by ${multiplier}; ${describedScale.fileName} says “${describedScale.description}”.`,
        ],
  );
}

/** The database refuses a row: wrong, in conflict, or not allowed. Anything else stops the import. */
function isRefusal(error: unknown): error is SatchelError {
  return (
    error instanceof SatchelError &&
    (error.code === 'invalid' ||
      error.code === 'conflict' ||
      error.code === 'forbidden' ||
      error.code === 'not_found')
  );
}
