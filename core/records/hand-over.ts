import type { Identity, Tx } from '#db/engine/types.ts';
import { bool, int4, returning } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import { list, queryOne } from '../data/statement.ts';
import type { RecordObject } from './record-object.ts';
import type { RecordValues } from './record-values.ts';

/** Values that give records to another owner, apart from the rest. */
export interface HandOver {
  readonly newOwner: string;
  /** The record's properties that say who owns it. */
  readonly asSeen: { readonly [property: string]: string | null };
  readonly rest: RecordValues;
}

/**
 * Whether these values hand records over in a way that row-level security refuses to a plain UPDATE: a person who may
 * change only some people's records would no longer reach the changed row. `satchel.transfer_ownership` does it for those
 * who hold the permission to reassign, and refuses the others.
 */
export async function handOverIn(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  values: RecordValues,
): Promise<HandOver | undefined> {
  if (object.owner === null) return undefined;
  const { [object.owner]: newOwner, ...rest } = values;
  if (typeof newOwner !== 'string' || newOwner === identity.userId) return undefined;
  const reach = await queryOne(
    tx,
    returning({ all: bool }),
    sql`SELECT satchel.reaches_all(${`${object.singular}:update`})
      AND satchel.reaches_all(${`${object.singular}:reassign`}) AS "all"`,
  );
  return reach?.all
    ? undefined
    : {
        newOwner,
        asSeen: { [object.owner]: newOwner, [object.owner.replace(/Id$/u, 'Name')]: null },
        rest,
      };
}

/**
 * Gives the records to the new owner; after that the person may not see them any more.
 * @returns the number of records handed over: those the person could change, and the new owner did not have
 */
export async function handOver(
  tx: Tx,
  object: RecordObject,
  ids: readonly string[],
  newOwner: string,
): Promise<number> {
  const answer = await queryOne(
    tx,
    returning({ moved: int4 }),
    sql`SELECT satchel.transfer_ownership(${object.name}, ${list(ids)}::uuid[], ${newOwner}::uuid) AS moved`,
  );
  return answer?.moved ?? 0;
}
