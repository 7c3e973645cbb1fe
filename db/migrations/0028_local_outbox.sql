-- Capture for sync: once a workspace is shared, every change that did not come from sync is noted in the outbox, in the same
-- transaction and under its business action, so that the action travels whole.
SET LOCAL ROLE satchel_owner;

CREATE FUNCTION satchel.install_capture(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  key_of text;
  same text;
  when_shared constant text := E'  IF satchel.source() <> ''sync'' AND EXISTS (SELECT FROM sync_state WHERE capturing) THEN%s  END IF;';
  has_stamps boolean := EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = target AND attname = '_stamps' AND NOT attisdropped);
  -- A workspace is its own.
  workspace text := CASE target::text WHEN 'workspaces' THEN 'id' ELSE 'workspace_id' END;
BEGIN
  SELECT 'jsonb_build_object(' || coalesce(string_agg(format('%1$L, %%1$s.%1$I', a.attname), ', ' ORDER BY a.attnum), '') || ')',
    concat_ws(' AND ', string_agg(format('o.%1$I = n.%1$I', a.attname), ' AND ') FILTER (WHERE a.attname <> 'occurred_at'),
      format('o.%1$I = n.%1$I', workspace))
  INTO key_of, same
  FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = target AND i.indisprimary AND a.attname <> workspace;

  PERFORM satchel.install_statement_trigger(target, 'capture_insert', 'INSERT', format(when_shared, format(
    $body$
    INSERT INTO sync_outbox (workspace_id, change_set_id, object, record_key, operation, stamp)
    SELECT s.workspace_id, satchel.change_set(s.workspace_id), %1$L, %2$s, 'upsert', satchel.stamp()
    FROM new_rows AS n JOIN sync_state AS s ON s.workspace_id = n.%3$I AND s.capturing;
    $body$, target::text, format(key_of, 'n'), workspace)));
  PERFORM satchel.install_statement_trigger(target, 'capture_update', 'UPDATE', format(when_shared, format(
    $body$
    INSERT INTO sync_outbox (workspace_id, change_set_id, object, record_key, operation, field_groups, stamp)
    SELECT s.workspace_id, satchel.change_set(s.workspace_id), %1$L, %2$s;
    $body$, target::text,
    CASE WHEN has_stamps THEN format(
      -- What no stamp was given for, such as an embedding, is this machine's own.
      $query$%1$s, 'upsert',
      ARRAY(SELECT key FROM jsonb_object_keys(n._stamps) AS key WHERE n._stamps -> key IS DISTINCT FROM o._stamps -> key),
      satchel.stamp()
    FROM new_rows AS n
    JOIN old_rows AS o ON %2$s
    JOIN sync_state AS s ON s.workspace_id = n.workspace_id AND s.capturing
    WHERE n._stamps IS DISTINCT FROM o._stamps$query$, format(key_of, 'n'), same)
    ELSE format(
      -- What is the same apart from its times is no change, nor is a link that follows its activity to another time; a link
      -- that was given to another record, whose key changed, is gone from the one and come to the other.
      $query$c.record_key, c.operation, NULL, satchel.stamp()
    FROM old_rows AS o
    FULL JOIN new_rows AS n ON %1$s
    CROSS JOIN LATERAL (
      SELECT %2$s, 'delete'::sync_operation WHERE n.%5$I IS NULL
      UNION ALL SELECT %3$s, 'upsert' WHERE n.%5$I IS NOT NULL AND to_jsonb(n) - %4$L::text[] IS DISTINCT FROM to_jsonb(o) - %4$L::text[]
    ) AS c (record_key, operation)
    JOIN sync_state AS s ON s.workspace_id = coalesce(n.%5$I, o.%5$I) AND s.capturing$query$,
      same, format(key_of, 'o'), format(key_of, 'n'), '{updated_at,updated_by,occurred_at}', workspace) END)));
  PERFORM satchel.install_statement_trigger(target, 'capture_delete', 'DELETE', format(when_shared, format(
    $body$
    INSERT INTO sync_outbox (workspace_id, change_set_id, object, record_key, operation, stamp)
    SELECT s.workspace_id, satchel.change_set(s.workspace_id), %1$L, %2$s, 'delete', satchel.stamp()
    FROM old_rows AS o JOIN sync_state AS s ON s.workspace_id = o.%3$I AND s.capturing;
    $body$, target::text, format(key_of, 'o'), workspace)));
END
$$;

-- Objects and their children are captured as they are installed.
SELECT satchel.install_capture(name::regclass) FROM satchel.tables WHERE mark = 'synced' AND travels_with IS NULL;

SELECT satchel.install_capture('record_tags');

RESET ROLE;
