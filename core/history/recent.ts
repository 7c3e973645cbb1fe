import type { z } from 'zod';
import type { Identity, Tx } from '#db/engine/types.ts';
import { nullable, returning, text, typed } from '#db/row.ts';
import { sql } from '#db/sql.ts';
import type { changeSetSchema } from '#shared/contract/history.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import { referenceName } from '../data/reference.ts';
import { queryRows, whole } from '../data/statement.ts';

export type ChangeSet = z.infer<typeof changeSetSchema>;

/** The newest change sets of the workspace that changed something the person may see. */
export async function recentChangeSets(tx: Tx, identity: Identity, limit: number): Promise<ChangeSet[]> {
  return queryRows(
    tx,
    returning({
      id: typed<ChangeSetId>('change_sets.id'),
      label: 'change_sets.label',
      source: 'change_sets.source',
      createdAt: 'change_sets.created_at',
      undoneBy: nullable(typed<ChangeSetId>('change_sets.undone_by')),
      userName: nullable(text),
    }),
    sql`
      SELECT
        c.id, c.label, c.source, c.created_at AS "createdAt", c.undone_by AS "undoneBy",
        (
          SELECT ${referenceName('users', 'u')} FROM users u
          WHERE u.workspace_id = c.workspace_id AND u.id = c.user_id
        ) AS "userName"
      FROM change_sets c
      WHERE c.workspace_id = ${identity.workspaceId}::uuid
        AND EXISTS (
          SELECT FROM field_history h WHERE h.workspace_id = c.workspace_id AND h.change_set_id = c.id
        )
      ORDER BY c.created_at DESC, c.id DESC
      LIMIT ${whole(limit)}`,
  );
}
