import type { Tx } from '#db/engine/types.ts';
import { say } from '#shared/message.ts';
import { openChangeSet } from '../../batches/change-set.ts';
import type { ImportContext } from '../import-context.ts';
import { readInBackground } from '../linking/look-up.ts';

const dealsPerSlice = 200;

interface Renamed {
  readonly id: string;
  readonly object: 'accounts' | 'products';
  readonly oldName: string;
}

/** Accounts and products that were stubs until this import, and that it gave another name. */
const findRenamed = ['accounts', 'products']
  .map(
    (table) => `
      SELECT s.record_id::text AS id, s.object, first.old_name AS "oldName"
      FROM import_stubs AS s
      JOIN ${table} AS t ON t.workspace_id = s.workspace_id AND t.id = s.record_id
      CROSS JOIN LATERAL (
        SELECT h.old_value #>> '{}' AS old_name FROM field_history AS h
        JOIN change_sets AS c ON c.workspace_id = h.workspace_id AND c.id = h.change_set_id
        WHERE h.workspace_id = $1 AND h.record_id = s.record_id AND h.field = 'name' AND c.import_batch_id = $2::uuid
        ORDER BY h.seq LIMIT 1
      ) AS first
      WHERE s.workspace_id = $1 AND s.completed_by = $2::uuid AND s.object = '${table}' AND first.old_name <> t.name`,
  )
  .join(' UNION ALL ');

/** Deals of the record `$3` whose name is the one that was made up of the names before; `$2` all that changed. */
function renameStatement({ object }: Renamed): string {
  return `
    WITH renamed AS (SELECT * FROM json_to_recordset($2::json) AS r (id uuid, "oldName" text)),
    stale AS (
      SELECT o.id, concat_ws(' – ', coalesce(a.name, c.full_name), p.name) AS name
      FROM opportunities AS o
      LEFT JOIN accounts AS a ON a.workspace_id = $1 AND a.id = o.account_id
      LEFT JOIN contacts AS c ON c.workspace_id = $1 AND c.id = o.contact_id
      LEFT JOIN products AS p ON p.workspace_id = $1 AND p.id = o.product_id
      LEFT JOIN renamed AS ra ON ra.id = o.account_id
      LEFT JOIN renamed AS rp ON rp.id = o.product_id
      WHERE o.workspace_id = $1 AND o.${object === 'accounts' ? 'account_id' : 'product_id'} = $3::uuid
        AND o.name = concat_ws(' – ', coalesce(ra."oldName", a.name, c.full_name), coalesce(rp."oldName", p.name))
        AND o.name <> concat_ws(' – ', coalesce(a.name, c.full_name), p.name)
      LIMIT ${dealsPerSlice}
    )
    UPDATE opportunities AS o SET name = stale.name FROM stale WHERE o.workspace_id = $1 AND o.id = stale.id`;
}

/**
 * Deals without a name of their own are called after their account and product. Where an import has told how these are
 * really written, such deals follow, in slices of their own. Called again after an interruption it goes on.
 */
export async function renameDeals(context: ImportContext, signal: AbortSignal): Promise<void> {
  const { app, identity, batchId } = context;
  const renamed = await readInBackground(context, signal, (tx) =>
    tx.query<Renamed>(findRenamed, [identity.workspaceId, batchId]),
  );
  const facts = JSON.stringify(renamed);
  for (const record of renamed) {
    const rename = (tx: Tx) => tx.execute(renameStatement(record), [identity.workspaceId, facts, record.id]);
    for (let done = dealsPerSlice; done === dealsPerSlice; ) {
      signal.throwIfAborted();
      done = await app.engine.transaction(
        { as: identity, priority: 'background', source: 'system', signal, label: 'import: names of deals' },
        async (tx) => {
          await openChangeSet(tx, context, say`Names of deals`, 'system');
          return rename(tx);
        },
      );
    }
  }
}
