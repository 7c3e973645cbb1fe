import { basename, extname, join } from 'node:path';
import type { FilePlan, ImportReport } from '#shared/contract/imports.ts';
import { inEnglish, type Message } from '#shared/message.ts';
import type { Cursor } from '../batches/batch-state.ts';
import { csvRecord, errorColumnHeader, protectFromFormulas } from '../error-file.ts';
import { isErrorColumn } from '../plan/survey.ts';
import { AppendFile } from './append-file.ts';
import type { RowFailure } from './slice/slice-state.ts';

/** Spreadsheet programs take a CSV file for UTF-8 only with this mark. */
const byteOrderMark = '\ufeff';

type ErrorFileState = Cursor['errorFiles'][number];

/**
 * One error file for each imported file that has rows which cannot be kept: its columns as they were, in UTF-8, and the
 * reason in a column of its own. Mended and imported again, the rows go where they would have gone.
 */
export class ErrorFiles {
  readonly #directory: string;
  readonly #files = new Map<string, { state: ErrorFileState; file: AppendFile }>();

  constructor(directory: string, states: readonly ErrorFileState[]) {
    this.#directory = directory;
    for (const state of states) this.#add({ ...state });
  }

  /** Writes the failures durably, and returns how the files will stand when the slice is committed. */
  async append(plan: FilePlan, failures: readonly RowFailure[]): Promise<ErrorFileState[]> {
    const states = this.states();
    if (failures.length === 0) return states;
    const known = this.#files.get(plan.uploadId);
    const entry =
      known ??
      this.#add({
        uploadId: plan.uploadId,
        sourceName: plan.fileName,
        name: this.#name(plan),
        bytes: 0,
        rows: 0,
      });
    const header = entry.state.rows === 0 ? headerRecord(plan) : '';
    const records = failures.map(({ row, message }) => record(plan, row.cells, message));
    const bytes = await entry.file.append(header + records.join(''));
    const next = { ...entry.state, bytes, rows: entry.state.rows + failures.length };
    return [...states.filter(({ uploadId }) => uploadId !== plan.uploadId), next];
  }

  commit(states: readonly ErrorFileState[]): void {
    for (const state of states) {
      const entry = this.#files.get(state.uploadId);
      entry?.file.commit(state.bytes);
      if (entry) entry.state = { ...state };
    }
  }

  states(): ErrorFileState[] {
    return [...this.#files.values()].map(({ state }) => state).filter(({ rows }) => rows > 0);
  }

  async close(): Promise<void> {
    for (const { file } of this.#files.values()) await file.close();
  }

  #add(state: ErrorFileState) {
    const entry = { state, file: new AppendFile(join(this.#directory, state.name), state.bytes) };
    this.#files.set(state.uploadId, entry);
    return entry;
  }

  /** `deals-errors.csv`; two files of one name get numbers. What a file system might not take is replaced. */
  #name(plan: FilePlan): string {
    const stem = basename(plan.fileName, extname(plan.fileName))
      .replaceAll(/[^\p{L}\p{N}._ -]+/gu, '_')
      .slice(0, 100);
    const taken = new Set([...this.#files.values()].map(({ state }) => state.name));
    for (let attempt = 1; ; attempt += 1) {
      const name = `${stem.replace(/-errors(-\d+)?$/, '') || 'rows'}-errors${attempt === 1 ? '' : `-${attempt}`}.csv`;
      if (!taken.has(name)) return name;
    }
  }
}

/** The error files of a batch as a caller sees them. */
export function errorFileReports(
  directory: string,
  states: readonly ErrorFileState[],
): ImportReport['errorFiles'] {
  return states.map(({ sourceName, name, rows }) => ({
    sourceName,
    name,
    rows,
    path: join(directory, name),
  }));
}

/** A mended error file brings its column of reasons along; it is replaced, not repeated. */
function keptColumns(plan: FilePlan): number[] {
  return plan.columns.filter(({ header }) => !isErrorColumn(header)).map(({ index }) => index);
}

function headerRecord(plan: FilePlan): string {
  const headers = plan.columns.filter(({ header }) => !isErrorColumn(header)).map(({ header }) => header);
  const cells = [...headers, errorColumnHeader].map(protectFromFormulas);
  // Quotes in the header say what the quotation mark is, whatever apostrophes stand in the cells.
  return byteOrderMark + csvRecord(cells, plan.format.delimiter, true);
}

/** Cells beyond the header's width stay, behind the reason. */
function record(plan: FilePlan, cells: readonly string[], message: Message): string {
  const width = Math.max(0, ...plan.columns.map(({ index }) => index + 1));
  const kept = keptColumns(plan).map((index) => cells[index] ?? '');
  return csvRecord(
    [...kept, inEnglish(message), ...cells.slice(width)].map(protectFromFormulas),
    plan.format.delimiter,
  );
}
