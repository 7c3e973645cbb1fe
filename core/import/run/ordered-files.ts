import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { ColumnPlan, FilePlan, ImportOptions, ImportPlan } from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import { importModuleOf, importPosition } from '../../objects/import-modules.ts';
import { sourceSystem } from '../mapping/source-system.ts';
import type { ParsedRow, RowLink } from './row-parser.ts';

export interface ImportedFile {
  readonly plan: FilePlan;
  readonly object: ImportObject;
  /** Where ids in this file come from; ids of different systems never meet. */
  readonly system: string;
  /** Texts of columns that the person did not want read as the name they resemble: `<column>\u0000<text>`. */
  readonly declined: ReadonlySet<string>;
}

export interface OrderedFile extends ImportedFile {
  readonly path: string;
  /** Its place in the plan. */
  readonly position: number;
  readonly corrections: ReadonlyMap<string, string>;
  /** Records that rows name otherwise than by a link: managers, the placeholder account. */
  impliedLinks(rows: readonly ParsedRow[], options: ImportOptions): RowLink[];
}

/** The files to import, those that others link to first. */
export function orderedFiles(plan: ImportPlan, pathOf: (id: UploadId) => string): OrderedFile[] {
  const files: OrderedFile[] = [];
  for (const [position, file] of plan.files.entries()) {
    const { object } = file;
    if (object === null) continue;
    files.push({
      plan: file,
      object,
      system: sourceSystem(file.columns.map(({ header }) => header)),
      path: pathOf(file.uploadId),
      position,
      ...correctionsOf(plan, file),
      impliedLinks: (rows, options) => impliedLinks(object, rows, options),
    });
  }
  return files.sort((a, b) => importPosition(a.object) - importPosition(b.object));
}

/** Whether the person did not want the text of a link read as the name it resembles. */
export function isDeclined({ declined }: ImportedFile, { column, name }: RowLink): boolean {
  return declined.has(`${column.index}\u0000${name}`);
}

function correctionsOf(plan: ImportPlan, file: FilePlan): Pick<OrderedFile, 'corrections' | 'declined'> {
  const corrections = new Map<string, string>();
  const declined = new Set<string>();
  for (const { uploadId, column, from, to } of plan.corrections) {
    if (uploadId !== file.uploadId) continue;
    if (to === null) declined.add(`${column}\u0000${from}`);
    else corrections.set(`${column}\u0000${from}`, to);
  }
  return { corrections, declined };
}

/** Stands for the column where a link has none. */
const noColumn: ColumnPlan = {
  index: -1,
  header: '',
  samples: [],
  detected: 'text',
  target: { kind: 'ignore' },
  dateOrder: null,
  decimalSign: null,
  multiplier: '1',
  describedScale: null,
  misfits: null,
  distinct: null,
  isRepeated: false,
  chosen: [],
};

function impliedLinks(object: ImportObject, rows: readonly ParsedRow[], options: ImportOptions): RowLink[] {
  const names = importModuleOf(object).impliedNames?.(
    rows.map(({ values }) => values),
    options,
  );
  return (names ?? []).map(({ target, name }) => ({
    column: noColumn,
    link: { key: '', target },
    by: 'name',
    onMissing: 'create',
    name,
  }));
}
