import { sql } from '#db/sql.ts';

/**
 * The stages that screens and files know: of the workspace's first pipeline the first of each kind. Takes the workspace of
 * the transaction.
 */
export const firstStages = sql`(
  SELECT DISTINCT ON (s.kind) s.id, s.kind, s.name, s.position, s.is_hidden, s.probability
  FROM pipeline_stages s
  WHERE s.workspace_id = (SELECT satchel.workspace_id()) AND s.deleted_at IS NULL AND s.pipeline_id = (
    SELECT p.id FROM pipelines p
    WHERE p.workspace_id = (SELECT satchel.workspace_id()) AND p.deleted_at IS NULL
    ORDER BY p.position, p.id LIMIT 1
  )
  ORDER BY s.kind, s.position, s.id
)`;
