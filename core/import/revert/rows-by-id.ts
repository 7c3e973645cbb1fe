/**
 * The rows of `table` (a name of our own) with the ids in `parameter`, of the workspace `$1`, each by its primary key. As
 * `id = ANY (...)` it would be read by any index that begins with the workspace, all of it for each slice, because right
 * after an import there are no statistics that say how many rows that is.
 */
export function rowsById(table: string, parameter: string, columns = '*'): string {
  return `(
    SELECT found.* FROM unnest(${parameter}::uuid[]) AS wanted (id)
    CROSS JOIN LATERAL (
      SELECT ${columns} FROM ${table} AS r WHERE r.workspace_id = $1 AND r.id = wanted.id OFFSET 0
    ) AS found
  )`;
}
