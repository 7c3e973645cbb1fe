import type { Tx } from '#db/engine/types.ts';
import { say } from '#shared/message.ts';
import type { Cursor } from '../../batches/batch-state.ts';
import { openChangeSet } from '../../batches/change-set.ts';
import { shown } from '../../values/convert.ts';
import type { ImportContext } from '../import-context.ts';
import type { OrderedFile } from '../ordered-files.ts';
import type { RowLink } from '../row-parser.ts';
import { Tally } from '../tally.ts';
import { Stubs } from '../writing/stubs.ts';
import {
  type Parent,
  readWaitingLinks,
  setParents,
  type WaitingLink,
  withoutCircles,
} from './parent-circles.ts';
import type { LinkResolver } from './resolver.ts';

export interface Linking {
  readonly context: ImportContext;
  readonly files: readonly OrderedFile[];
  readonly links: LinkResolver;
  readonly path: string;
  readonly signal: AbortSignal;
}

/**
 * The second pass over accounts: sets the parents that the first one wrote down, now that every account is there, and makes
 * those that no file has. Rows are kept whatever becomes of their parent; what could not be linked is warned of.
 */
export async function linkParents(
  linking: Linking,
  start: Cursor,
  save: (tx: Tx, cursor: Cursor, tally: Tally) => Promise<void>,
  committed: (cursor: Cursor, tally: Tally) => void,
): Promise<void> {
  const { context, links, path, signal } = linking;
  let cursor: Cursor = { ...start, step: 'linking' };
  const imagined = new Map<string, string>();
  while (cursor.linkBytesDone < cursor.linkBytes) {
    signal.throwIfAborted();
    const piece = await readWaitingLinks(path, cursor.linkBytesDone, cursor.linkBytes);
    const next = { ...cursor, linkBytesDone: cursor.linkBytesDone + piece.bytes };
    const tally = new Tally();
    await lookUp(linking, piece.links);
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
        if (!context.isDryRun) await openChangeSet(tx, context, say`Imported parent accounts`);
        await linkPiece(tx, linking, piece.links, tally, imagined);
        if (!context.isDryRun) await save(tx, next, tally);
      },
    );
    links.commit();
    cursor = next;
    committed(cursor, tally);
  }
}

async function lookUp(
  { context, links, files, signal }: Linking,
  waiting: readonly WaitingLink[],
): Promise<void> {
  const read = (system: string, wanted: readonly RowLink[]) =>
    context.app.engine.transaction(
      { as: context.identity, priority: 'background', readOnly: true, signal, label: 'import: look up' },
      (tx) => links.look(tx, system, wanted),
    );
  for (const file of files) {
    const wanted = waiting.filter((link) => link.file === file.position).map((link) => rowLink(file, link));
    if (wanted.length === 0) continue;
    await read(file.system, wanted);
    const missing = wanted.filter(({ by, name }) => by === 'name' && !links.get('accounts', 'name', name));
    if (missing.length === 0) continue;
    await links.prepareNearMisses('accounts', signal);
    const meant = missing.flatMap((link) => {
      const name = links.nearMiss('accounts', link.name);
      return name === null ? [] : [{ ...link, name }];
    });
    if (meant.length > 0) await read(file.system, meant);
  }
}

function rowLink(file: OrderedFile, { name, by, onMissing, column }: WaitingLink): RowLink {
  const columnPlan = file.plan.columns.find(({ index }) => index === column);
  if (!columnPlan) throw new RangeError(`The plan of ${file.plan.fileName} has no column ${column}.`);
  return { column: columnPlan, link: { key: 'parentAccountId', target: 'accounts' }, by, onMissing, name };
}

async function linkPiece(
  tx: Tx,
  linking: Linking,
  waiting: readonly WaitingLink[],
  tally: Tally,
  imagined: Map<string, string>,
): Promise<void> {
  const { context, links, files } = linking;
  const stubs = new Stubs(context, links, tally);
  const pairs: (Parent & { readonly waiting: WaitingLink })[] = [];
  for (const link of waiting) {
    const file = files.find(({ position }) => position === link.file);
    if (!file) throw new RangeError(`The plan has no file ${link.file}.`);
    const found = links.resolve(rowLink(file, link), file.declined.has(`${link.column}\u0000${link.name}`));
    if (found && links.get('accounts', link.by, link.name) === null) tally.corrected(link.name, found.name);
    if (found) pairs.push({ childId: link.childId, parentId: found.id, waiting: link });
    else if (link.onMissing === 'create' && link.by === 'name') {
      pairs.push({ childId: link.childId, parentId: stubs.make('accounts', link.name, {}), waiting: link });
    } else if (link.onMissing === 'reject') {
      tally.warn(
        say`Line ${link.line}: the parent account “${shown(link.name)}” does not exist; the account was imported without it.`,
      );
    }
  }
  if (context.isDryRun) await stubs.imagine(tx);
  else await stubs.write(tx);
  const { parents, circular } = await withoutCircles(tx, context.identity.workspaceId, pairs, imagined);
  for (const { childId, parentId } of circular) {
    const link = pairs.find((pair) => pair.childId === childId && pair.parentId === parentId)?.waiting;
    if (link) {
      tally.warn(
        say`Line ${link.line}: “${shown(link.name)}” as parent would close a circle of parent accounts; the account was imported without it.`,
      );
    }
  }
  if (context.isDryRun) {
    for (const [child, parent] of parents) imagined.set(child, parent);
    return;
  }
  const rows = JSON.stringify([...parents].map(([child_id, parent_id]) => ({ child_id, parent_id })));
  if (parents.size > 0) await tx.execute(setParents, [context.identity.workspaceId, rows]);
}
