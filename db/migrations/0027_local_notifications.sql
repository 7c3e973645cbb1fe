-- After each statement that changed something the interface is told: the channel satchel_changes carries the workspace, the
-- table and, up to 200 of them, the ids. PostgreSQL delivers at commit and drops what is said twice. Rows that an update
-- left as they were are not told of.
SET LOCAL ROLE satchel_owner;

CREATE FUNCTION satchel.install_notification(
  target regclass, record text DEFAULT 'id', workspace text DEFAULT 'workspace_id'
) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  keys text;
  event text;
BEGIN
  SELECT string_agg(format('o.%1$I = n.%1$I', a.attname), ' AND ') INTO keys
  FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = target AND i.indisprimary AND a.attname <> 'occurred_at';
  FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
    PERFORM satchel.install_statement_trigger(target, 'notify_' || lower(event), event, format(
      $body$
  -- 200 ids and the longest name of a table stay just under the 8,000 bytes that a notification may have.
  FOR batch IN
    SELECT workspace_id, count(*) AS number, string_agg(DISTINCT '"' || record_id || '"', ',') AS ids
    FROM (SELECT %2$s LIMIT 201) AS first_rows
    GROUP BY workspace_id
  LOOP
    PERFORM pg_notify('satchel_changes',
      '{"workspace_id":"' || batch.workspace_id || '","table":"%1$s"'
      || CASE WHEN batch.number <= 200 THEN ',"ids":[' || batch.ids || ']' ELSE '' END || '}');
  END LOOP;
      $body$, target::text,
      CASE event
        WHEN 'INSERT' THEN format('n.%2$I AS workspace_id, n.%1$I AS record_id FROM new_rows AS n', record, workspace)
        WHEN 'DELETE' THEN format('o.%2$I AS workspace_id, o.%1$I AS record_id FROM old_rows AS o', record, workspace)
        -- Compared byte by byte, which every type can be. A link whose key changed has gone from one record to another.
        ELSE format('coalesce(n.%3$I, o.%3$I) AS workspace_id, coalesce(n.%1$I, o.%1$I) AS record_id
      FROM new_rows AS n FULL JOIN old_rows AS o ON %2$s
      WHERE (n *<> o) IS NOT FALSE', record, keys, workspace)
      END), '  batch record;');
  END LOOP;
END
$$;

SELECT satchel.install_notification(target::regclass, record)
FROM (VALUES
  ('teams', 'id'), ('users', 'id'), ('roles', 'id'), ('role_permissions', 'role_id'), ('user_roles', 'user_id'),
  ('pipelines', 'id'), ('exchange_rates', 'id'), ('pipeline_stages', 'id'), ('settings', 'id'), ('custom_field_definitions', 'id'), ('saved_views', 'id'),
  ('tags', 'id'), ('record_tags', 'record_id'), ('import_batches', 'id'), ('change_sets', 'id'),
  ('duplicate_candidates', 'id'), ('merges', 'kept_id'), ('summaries', 'record_id'), ('sync_state', 'workspace_id'),
  ('sync_conflicts', 'id'), ('sync_quarantine', 'id')
) AS tables (target, record);
SELECT satchel.install_notification('workspaces', 'id', 'id');

RESET ROLE;
