import { type ImportObject, importTargets } from '#shared/contract/import-targets.ts';
import type { ColumnPlan } from '#shared/contract/imports.ts';
import { fold } from '#shared/text/fold.ts';
import { letters } from '../../data/names.ts';
import { readRecords } from '../files/records.ts';
import type { ImportContext } from '../run/import-context.ts';
import { ownName } from '../run/matching/near-names.ts';
import type { OrderedFile } from '../run/ordered-files.ts';
import { type ParsedRow, RowParser } from '../run/row-parser.ts';
import { YieldPace } from '../yield-pace.ts';

/** Bigger files are not read to their end for a preview. */
const maxRows = 300_000;
const maxDistinct = 50_000;

/** Values of one link column and the rows that have each. */
export interface LinkColumn {
  readonly file: OrderedFile;
  readonly column: ColumnPlan;
  readonly target: ImportObject;
  readonly values: Map<string, number>;
}

export interface FileSurvey {
  readonly firstRows: ParsedRow[];
  readonly linkColumns: LinkColumn[];
  /** Names of the file's own rows as they stand, and how many rows have each. */
  readonly ownNames: ReadonlyMap<string, number>;
  /** Rows that name none of the links of which they need one, such as opportunities without account and contact. */
  readonly rowsWithoutAccount: number;
}

/** The names that the files of an import hold, by their folded form. */
export type NamesInFiles = Map<ImportObject, Map<string, string>>;

/** Reads a file once for its preview: its first rows, the names it defines and the names it links to. */
export async function surveyLinks(
  context: ImportContext,
  file: OrderedFile,
  rowsWanted: number,
  names: NamesInFiles,
  signal: AbortSignal,
): Promise<FileSurvey> {
  const parser = new RowParser(file.plan, file.object, {
    labels: context.labels.get(file.object) ?? new Map(),
    customFields: context.customFields.get(file.object) ?? new Map(),
    corrections: file.corrections,
  });
  const { needsOneOf } = importTargets(file.object);
  const columns = new Map<number, LinkColumn>();
  const own = names.get(file.object) ?? new Map<string, string>();
  names.set(file.object, own);
  const firstRows: ParsedRow[] = [];
  const ownNames = new Map<string, number>();
  const pace = new YieldPace();
  let toSkip = file.plan.format.preambleRecords + 1;
  let read = 0;
  let rowsWithoutAccount = 0;
  for await (const batch of readRecords(file.path, file.plan.fileName, file.plan.format)) {
    for (const record of batch) {
      if (toSkip > 0) {
        toSkip -= 1;
        continue;
      }
      const row = parser.parse(record);
      if (firstRows.length < rowsWanted) firstRows.push(row);
      const name = ownName(file.object, row);
      if (name !== '') {
        if (own.size < maxDistinct) own.set(fold(name), name);
        const rows = ownNames.get(name);
        if (rows !== undefined || ownNames.size < maxDistinct) ownNames.set(name, (rows ?? 0) + 1);
      }
      // A row of sums is no record, whatever it lacks.
      const needsLink = needsOneOf.length > 0 && record.line !== file.plan.totalLine;
      if (needsLink && !row.links.some(({ link }) => needsOneOf.includes(link.key))) rowsWithoutAccount += 1;
      for (const { column, link, by, name: linked } of row.links) {
        if (by !== 'name') continue;
        const known = columns.get(column.index) ?? {
          file,
          column,
          target: link.target,
          values: new Map<string, number>(),
        };
        columns.set(column.index, known);
        const rows = known.values.get(linked);
        if (rows !== undefined || known.values.size < maxDistinct) known.values.set(linked, (rows ?? 0) + 1);
      }
      read += 1;
      if (read % 50 === 0) await pace.step(signal);
      if (read >= maxRows) {
        return { firstRows, linkColumns: [...columns.values()], ownNames, rowsWithoutAccount };
      }
    }
  }
  return { firstRows, linkColumns: [...columns.values()], ownNames, rowsWithoutAccount };
}

/** Names by their letters, to find those that differ in spaces and punctuation only. */
export function byLetters(names: Iterable<string>): Map<string, string> {
  return new Map([...names].map((name) => [letters(name), name] as const).filter(([key]) => key !== ''));
}
