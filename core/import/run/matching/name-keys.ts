import type { Tx } from '#db/engine/types.ts';
import { foldNames } from '../writing/statements.ts';

const plainAscii = /^[\u0020-\u007e]*$/;

/**
 * Names as `satchel.fold` makes them in the database. Plain ASCII is folded here, because a function call for each of
 * 100,000 names costs more than inserting them; everything else is asked of the database, so that both always agree.
 */
export async function nameKeys(tx: Tx, names: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  const others: string[] = [];
  for (const name of names) {
    if (keys.has(name)) continue;
    if (plainAscii.test(name)) keys.set(name, name.toLowerCase());
    else others.push(name);
  }
  if (others.length > 0) {
    const folded = await tx.query<{ name: string; key: string }>(foldNames, [[...new Set(others)]]);
    for (const { name, key } of folded) keys.set(name, key);
  }
  return keys;
}
