import type { Message } from '#shared/message.ts';
import type { ImportModule, MatchKey } from '../../../objects/import-module.ts';
import type { Companions } from '../companions.ts';
import type { ImportContext } from '../import-context.ts';
import type { LinkResolver } from '../linking/resolver.ts';
import type { KnownKeys } from '../matching/known-keys.ts';
import type { NearNames } from '../matching/near-names.ts';
import type { ImportedFile } from '../ordered-files.ts';
import type { ParsedRow, RowLink } from '../row-parser.ts';
import type { Tally } from '../tally.ts';
import type { Stubs } from '../writing/stubs.ts';

/** What is known while the rows of a file are imported, from slice to slice. */
export interface SliceInput {
  readonly context: ImportContext;
  readonly file: ImportedFile;
  readonly links: LinkResolver;
  readonly companions: Companions;
  readonly known: KnownKeys | null;
  readonly near: NearNames | null;
}

/** One slice at work. */
export interface SliceState extends SliceInput {
  readonly module: ImportModule;
  readonly stubs: Stubs;
  readonly result: SliceResult;
  /** Records that knew just their names until a row of the slice completed them. */
  readonly completedStubs: string[];
}

/** A link to a record of the same kind, set when all of them are there. */
export interface ParentLink {
  readonly childId: string;
  readonly name: string;
  readonly by: RowLink['by'];
  readonly onMissing: RowLink['onMissing'];
  readonly column: number;
  readonly line: number;
}

export interface RowFailure {
  readonly row: ParsedRow;
  readonly message: Message;
}

/** What a slice did; to be counted when its transaction is committed. */
export interface SliceResult {
  readonly tally: Tally;
  readonly failures: RowFailure[];
  readonly parents: ParentLink[];
  /** The keys of its rows, by which later rows may match them. */
  readonly keys: MatchKey[];
  /** Records that rows were found to be. */
  readonly matches: RowMatch[];
}

export interface RowMatch {
  readonly line: number;
  readonly id: string;
  readonly name: string;
  readonly isTrashed: boolean;
  readonly kind: string;
}

/** A row whose links are resolved. */
export interface ReadyRow {
  readonly row: ParsedRow;
  readonly sourceId: string | null;
  readonly parents: readonly RowLink[];
  readonly hasMadeUpName: boolean;
  nameKey: string;
  keys: MatchKey[];
  /** The key of a name that the workspace has and this row probably means, or null. */
  nearKey: string | null;
}

export function failRow({ result, file }: SliceState, row: ParsedRow, message: Message): null {
  result.failures.push({ row, message });
  result.tally.row(file.object, 'failed');
  result.tally.reason(message, row.line, file.plan.fileName);
  return null;
}
