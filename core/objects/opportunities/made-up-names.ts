import { type RowValue, returning, text, typed, uuid } from '#db/row.ts';
import { say } from '#shared/message.ts';
import { fieldsOf } from '#shared/objects/objects.ts';
import { isGiven } from '../../data/given.ts';
import { updateEach } from '../../records/write-rows.ts';
import type { FinishedImport, RowInHand, ValuesOf } from '../import-module.ts';

/**
 * A name for an opportunity that its file gives none: who buys and what, `Cancity – GTX Basic`. Later imports know it by
 * its id in the source, never by a name that was made up, and do not overwrite the name.
 */
export function madeUpName({ externalRef }: ValuesOf<'opportunities'>, row: RowInHand): string {
  const buyer = row.linkedName('accountId') ?? row.linkedName('contactId');
  const parts = [buyer, row.linkedName('productId')].filter((part) => part !== null);
  if (parts.length > 0) return parts.join(' – ');
  return isGiven(externalRef) ? `Opportunity ${externalRef}` : 'Opportunity';
}

const perSlice = 200;

const renamedRow = returning({
  id: uuid,
  object: typed<'accounts' | 'products'>(text),
  oldName: text,
});
type Renamed = RowValue<typeof renamedRow>;

/** Accounts and products that were stubs until this import, and that it gave another name. */
const findRenamed = ['accounts', 'products']
  .map(
    (table) => `
      SELECT s.record_id AS id, s.object, first.old_name AS "oldName"
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

/**
 * Opportunities of the record `$3` whose name is the one that was made up of the names before, with the name they get;
 * `$2` all that changed.
 */
function staleNames({ object }: Renamed): string {
  return `
    WITH renamed AS (SELECT * FROM json_to_recordset($2::json) AS r (id uuid, "oldName" text))
    SELECT o.id, concat_ws(' – ', coalesce(a.name, c.full_name), p.name) AS name
    FROM opportunities AS o
    LEFT JOIN accounts AS a ON a.workspace_id = $1 AND a.id = o.account_id
    LEFT JOIN contacts AS c ON c.workspace_id = $1 AND c.id = o.contact_id
    LEFT JOIN products AS p ON p.workspace_id = $1 AND p.id = o.product_id
    LEFT JOIN renamed AS ra ON ra.id = o.account_id
    LEFT JOIN renamed AS rp ON rp.id = o.product_id
    WHERE o.workspace_id = $1 AND o.${object === 'accounts' ? 'account_id' : 'product_id'} = $3::uuid
      AND o.deleted_at IS NULL
      AND o.name = concat_ws(' – ', coalesce(ra."oldName", a.name, c.full_name), coalesce(rp."oldName", p.name))
      AND o.name <> concat_ws(' – ', coalesce(a.name, c.full_name), p.name)
    LIMIT ${perSlice}`;
}

const staleRow = returning({ id: 'opportunities.id', name: text });
const opportunities = { name: 'opportunities', fields: fieldsOf('opportunities') };

/**
 * Where an import has told how accounts and products are really written, opportunities that are called after them follow,
 * in slices of their own.
 */
export async function renameMadeUp(run: FinishedImport): Promise<void> {
  const { workspaceId } = run.identity;
  const renamed = await run.read(renamedRow, findRenamed, [workspaceId, run.batchId]);
  const facts = JSON.stringify(renamed);
  for (const record of renamed) {
    for (let done = perSlice; done === perSlice; ) {
      done = await run.change(say`Names of opportunities`, async (tx) => {
        const stale = await tx.rows(staleRow, staleNames(record), [workspaceId, facts, record.id]);
        return updateEach(tx, opportunities, run.identity, stale, new Set(['name']));
      });
    }
  }
}
