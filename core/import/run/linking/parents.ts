import type { Tx } from '#db/engine/types.ts';
import { inSentences, say, term } from '#shared/message.ts';
import { newChangeSetId, openChangeSet } from '../../../data/change-set.ts';
import { shown } from '../../../data/shown.ts';
import { importModuleOf } from '../../../objects/import-modules.ts';
import { updateEach } from '../../../records/write-rows.ts';
import type { Cursor } from '../../batches/batch-state.ts';
import type { ImportContext } from '../import-context.ts';
import { isDeclined, type OrderedFile } from '../ordered-files.ts';
import type { RowLink } from '../row-parser.ts';
import { Tally } from '../tally.ts';
import { Stubs } from '../writing/stubs.ts';
import { lookUp } from './look-up.ts';
import { type Parent, readWaitingLinks, type WaitingLink, withoutCircles } from './parent-circles.ts';
import type { LinkResolver } from './resolver.ts';

export interface Linking {
  readonly context: ImportContext;
  readonly files: readonly OrderedFile[];
  readonly links: LinkResolver;
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * The second pass: sets the links to records of the same kind that the first one wrote down, now that all of them are
 * there, and makes those that no file has. Rows are kept whatever becomes of their parent; what could not be linked is warned of.
 */
export async function linkParents(
  linking: Linking,
  start: Cursor,
  save: (tx: Tx, cursor: Cursor, tally: Tally) => Promise<void>,
  committed: (cursor: Cursor, tally: Tally) => void,
): Promise<void> {
  const { context, links, path, signal } = linking;
  let cursor: Cursor = { ...start, step: 'linking' };
  const imagined: ImaginedParents = new Map();
  while (cursor.linkBytesDone < cursor.linkBytes) {
    signal.throwIfAborted();
    const piece = await readWaitingLinks(path, cursor.linkBytesDone, cursor.linkBytes);
    const next = { ...cursor, linkBytesDone: cursor.linkBytesDone + piece.bytes };
    const tally = new Tally();
    await lookUpParents(linking, piece.links);
    const waiting = withFiles(linking.files, piece.links);
    const objects = new Set(waiting.map(({ file }) => file.object));
    const labels = [...objects].map((object) => say`Imported parent ${term(object)}`);
    await context.app.engine.transaction(
      {
        as: context.identity,
        priority: 'background',
        source: 'import',
        readOnly: context.isDryRun,
        signal,
        label: 'import: parents',
      },
      async (tx) => {
        if (!context.isDryRun) {
          await openChangeSet(tx, context.identity, newChangeSetId(context.app.ids), {
            label: inSentences(labels),
            source: 'import',
            importBatchId: context.batchId,
          });
        }
        await linkPiece(tx, linking, waiting, tally, imagined);
        if (!context.isDryRun) await save(tx, next, tally);
      },
    );
    links.commit();
    cursor = next;
    committed(cursor, tally);
  }
}

async function lookUpParents(
  { context, links, files, signal }: Linking,
  waiting: readonly WaitingLink[],
): Promise<void> {
  for (const file of files) {
    const wanted = waiting.filter((link) => link.file === file.position).map((link) => rowLink(file, link));
    await lookUp(context, links, file.system, wanted, signal);
  }
}

/** A link that waits, with the file it stands in. */
interface Waiting {
  readonly file: OrderedFile;
  readonly link: RowLink;
  readonly childId: string;
  readonly line: number;
}

function withFiles(files: readonly OrderedFile[], waiting: readonly WaitingLink[]): Waiting[] {
  return waiting.map((waitingLink) => {
    const { file: position, childId, line } = waitingLink;
    const file = files.find((candidate) => candidate.position === position);
    if (!file) throw new RangeError(`The plan has no file ${position}.`);
    return { file, link: rowLink(file, waitingLink), childId, line };
  });
}

function rowLink(file: OrderedFile, { name, by, onMissing, column: index }: WaitingLink): RowLink {
  const column = file.plan.columns.find((candidate) => candidate.index === index);
  if (column?.target.kind !== 'link')
    throw new RangeError(`The column ${index} of ${file.plan.fileName} is no link.`);
  return { column, link: { key: column.target.field, target: file.object }, by, onMissing, name };
}

/** The parents that a dry run would have set, by the field that names them. */
type ImaginedParents = Map<string, Map<string, string>>;

interface Pair extends Parent {
  readonly waiting: Waiting;
}

async function linkPiece(
  tx: Tx,
  linking: Linking,
  waiting: readonly Waiting[],
  tally: Tally,
  imagined: ImaginedParents,
): Promise<void> {
  const { context, links } = linking;
  const stubs = new Stubs(context, links, tally);
  const byField = new Map<string, Pair[]>();
  for (const each of waiting) {
    const parentId = findOrMake(each, links, stubs, tally);
    if (parentId === null) continue;
    const field = `${each.file.object} ${each.link.link.key}`;
    const pairs = byField.get(field) ?? [];
    byField.set(field, pairs);
    pairs.push({ childId: each.childId, parentId, waiting: each });
  }
  if (context.isDryRun) stubs.imagine();
  else await stubs.write(tx);
  for (const [field, pairs] of byField) {
    const before = imagined.get(field) ?? new Map<string, string>();
    imagined.set(field, before);
    await setParents(tx, context, pairs, tally, before);
  }
}

/** The id of the parent that a link names; null where there is none and none is to be made. */
function findOrMake(
  { file, link, line }: Waiting,
  links: LinkResolver,
  stubs: Stubs,
  tally: Tally,
): string | null {
  const { by, name, onMissing } = link;
  const found = links.resolve(link, isDeclined(file, link));
  if (found) {
    if (links.get(file.object, by, name) === null) tally.corrected(name, found.name);
    return found.id;
  }
  if (onMissing === 'create' && by === 'name') return stubs.make(file.object, name);
  if (onMissing === 'reject') {
    const one = term(importModuleOf(file.object).singular);
    tally.warn(
      say`Line ${line}: the parent ${one} “${shown(name)}” does not exist; the ${one} was imported without it.`,
    );
  }
  return null;
}

/** Sets the parents of one field. */
async function setParents(
  tx: Tx,
  { identity, isDryRun }: ImportContext,
  pairs: readonly Pair[],
  tally: Tally,
  imagined: Map<string, string>,
): Promise<void> {
  const [first] = pairs;
  if (!first) return;
  const module = importModuleOf(first.waiting.file.object);
  const { name: table, singular, columns } = module;
  const column = columns.find(({ key }) => key === first.waiting.link.link.key)?.column;
  if (column === undefined) throw new RangeError(`${table} has no column for its parent.`);
  const { parents, circular } = await withoutCircles(
    tx,
    identity.workspaceId,
    { table, column },
    pairs,
    imagined,
  );
  for (const { childId, parentId } of circular) {
    const closing = pairs.find((pair) => pair.childId === childId && pair.parentId === parentId)?.waiting;
    if (closing) {
      tally.warn(
        say`Line ${closing.line}: “${shown(closing.link.name)}” as parent would close a circle of parent ${term(table)}; the ${term(singular)} was imported without it.`,
      );
    }
  }
  if (isDryRun) {
    for (const [child, parent] of parents) imagined.set(child, parent);
    return;
  }
  const rows = [...parents].map(([id, parentId]) => ({ id, [column]: parentId }));
  await updateEach(tx, { name: table, fields: columns }, identity, rows, new Set([column]));
}
