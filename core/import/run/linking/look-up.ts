import type { Tx } from '#db/engine/types.ts';
import type { ImportContext } from '../import-context.ts';
import type { OrderedFile } from '../ordered-files.ts';
import type { ParsedRow, RowLink } from '../row-parser.ts';
import type { LinkResolver } from './resolver.ts';

/**
 * Finds the records that rows link to, before the transaction that imports them, because names that are not found as they
 * stand are compared with all names of their object, which is read in slices of its own.
 */
export async function lookUpLinks(
  context: ImportContext,
  links: LinkResolver,
  file: OrderedFile,
  rows: readonly ParsedRow[],
  signal: AbortSignal,
): Promise<void> {
  const own = rows.flatMap((row) => row.links).filter(({ link }) => link.target !== file.object);
  const wanted = [...own, ...file.impliedLinks(rows, context.options)];
  await lookUp(context, links, file.system, wanted, signal);
}

/** Finds the records that links name, or nearly name. `system`: where their ids come from. */
export async function lookUp(
  context: ImportContext,
  links: LinkResolver,
  system: string,
  wanted: readonly RowLink[],
  signal: AbortSignal,
): Promise<void> {
  if (wanted.length === 0) return;
  await readInBackground(context, signal, (tx) => links.look(tx, system, wanted));
  const missing = wanted.filter(({ by, link, name }) => by === 'name' && !links.get(link.target, by, name));
  if (missing.length === 0) return;
  for (const object of new Set(missing.map(({ link }) => link.target))) {
    await links.prepareNearMisses(object, signal);
  }
  const meant = missing.flatMap((link) => {
    const name = links.nearMiss(link.link.target, link.name);
    return name === null ? [] : [{ ...link, name }];
  });
  if (meant.length > 0) await readInBackground(context, signal, (tx) => links.look(tx, system, meant));
}

export function readInBackground<T>(
  { app, identity }: ImportContext,
  signal: AbortSignal,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return app.engine.transaction(
    { as: identity, priority: 'background', readOnly: true, signal, label: 'import: look up' },
    work,
  );
}
