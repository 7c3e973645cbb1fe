import type { Identity, Tx } from '#db/engine/types.ts';
import { type SQL, sql } from '#db/sql.ts';
import { executeStatement, list } from '../data/statement.ts';
import type { RecordObject } from './record-object.ts';

/**
 * The trash. A record keeps its references while it lies there, and others keep theirs to it: lists show the name, and
 * restoring brings everything back as it was. Nothing is thrown away along with it, and restoring a record does not
 * restore what it refers to: a contact that comes back before its account does still names it.
 */
export async function trashRows(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  ids: readonly string[],
): Promise<number> {
  return executeStatement(
    tx,
    sql`
      UPDATE ${sql.identifier(object.name)} r
      SET deleted_at = now()
      WHERE ${named(identity, ids)} AND r.deleted_at IS NULL`,
  );
}

export async function restoreRows(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  ids: readonly string[],
): Promise<number> {
  return executeStatement(
    tx,
    sql`
      UPDATE ${sql.identifier(object.name)} r
      SET deleted_at = NULL
      WHERE ${named(identity, ids)} AND r.deleted_at IS NOT NULL`,
  );
}

/** Removes trashed rows for good; live ones are left alone. */
export async function purgeRows(
  tx: Tx,
  object: RecordObject,
  identity: Identity,
  ids: readonly string[],
): Promise<number> {
  await object.rules.beforePurge?.(tx, identity, ids);
  return executeStatement(
    tx,
    sql`DELETE FROM ${sql.identifier(object.name)} r WHERE ${named(identity, ids)} AND r.deleted_at IS NOT NULL`,
  );
}

function named(identity: Identity, ids: readonly string[]): SQL {
  return sql`r.workspace_id = ${identity.workspaceId}::uuid AND r.id = ANY(${list(ids)}::uuid[])`;
}
