import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { ColumnPlan, FilePlan } from '#shared/contract/imports.ts';
import { fold } from '#shared/text/fold.ts';
import { importModuleOf } from '../../../objects/import-modules.ts';
import { readRecords } from '../../files/records.ts';
import { YieldPace } from '../../yield-pace.ts';
import type { ImportContext } from '../import-context.ts';
import { RecordNames } from '../linking/names.ts';
import type { OrderedFile } from '../ordered-files.ts';
import { type ParsedRow, RowParser } from '../row-parser.ts';

/** The column that holds the names of a file's own rows. */
export function nameColumn({ columns }: FilePlan, object: ImportObject): ColumnPlan | undefined {
  const { wholeName } = importModuleOf(object);
  return columns.find(({ target }) => target.kind === 'field' && target.field === wholeName);
}

/** The name that a row gives its record, or an empty text. */
export function ownName(object: ImportObject, row: ParsedRow): string {
  const values = { ...row.values };
  const module = importModuleOf(object);
  return module.complete(values) === null ? module.nameOf(values) : '';
}

/**
 * Finds the record that a row of a file means although its name has other spaces or punctuation: the file's `GTX Pro` is
 * the `GTXPro` that the workspace has. A record whose own name is in the file too is never meant by another row of it.
 */
export class NearNames {
  readonly #context: ImportContext;
  readonly #file: OrderedFile;
  readonly #workspace: RecordNames;
  #inFile: ReadonlySet<string> | null = null;

  constructor(
    context: ImportContext,
    file: OrderedFile,
    workspace: RecordNames,
    inFile?: ReadonlySet<string>,
  ) {
    this.#context = context;
    this.#file = file;
    this.#workspace = workspace;
    this.#inFile = inFile ?? null;
  }

  /** Reads the names that the workspace has, in background slices; null for objects that are not looked for so. */
  static async read(
    context: ImportContext,
    file: OrderedFile,
    signal: AbortSignal,
  ): Promise<NearNames | null> {
    if (!importModuleOf(file.object).hasNearNames || context.options.onDuplicate === 'create') return null;
    const names = await RecordNames.read(context.app, context.identity, file.object, signal);
    return new NearNames(context, file, names);
  }

  /** To be called before rows are imported: the first one that may mean another name has the whole file read. */
  async prepare(rows: readonly ParsedRow[], signal: AbortSignal): Promise<void> {
    if (this.#inFile) return;
    if (!rows.some((row) => this.nearMiss(ownName(this.#file.object, row)) !== null)) return;
    this.#inFile = await this.#readFile(signal);
  }

  /** A name of the workspace that has the letters of `name`, unless a person declined that. */
  nearMiss(name: string): string | null {
    const found = this.#workspace.sameLetters(name);
    if (found === null || fold(found) === fold(name)) return null;
    const column = nameColumn(this.#file.plan, this.#file.object);
    return column && this.#file.declined.has(`${column.index}\u0000${name}`) ? null : found;
  }

  /** Whether the file has a row of exactly this name. */
  isInFile(name: string): boolean {
    return this.#inFile?.has(fold(name)) ?? false;
  }

  async #readFile(signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { plan, object, path, corrections } = this.#file;
    const labels = this.#context.labels.get(object) ?? new Map();
    const parser = new RowParser(plan, object, { labels, customFields: new Map(), corrections });
    const names = new Set<string>();
    const pace = new YieldPace();
    let toSkip = plan.format.preambleRecords + 1;
    for await (const batch of readRecords(path, plan.fileName, plan.format)) {
      for (const record of batch) {
        if (toSkip > 0) toSkip -= 1;
        else names.add(fold(ownName(object, parser.parse(record))));
        await pace.step(signal);
      }
    }
    return names;
  }
}
