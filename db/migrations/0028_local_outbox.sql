-- Capture for sync: once a workspace is shared, every change that did not come from sync is noted in the outbox, in the same
-- transaction and under its business action, so that the action travels whole.
SET LOCAL ROLE satchel_owner;

CREATE FUNCTION satchel.install_capture(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
DECLARE
  key_of text;
  same text;
  when_shared constant text := E'  IF satchel.source() <> ''sync'' AND EXISTS (SELECT FROM sync_state WHERE capturing) THEN%s  END IF;';
  has_stamps boolean := EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = target AND attname = '_stamps' AND NOT attisdropped);
BEGIN
  SELECT 'jsonb_build_object(' || string_agg(format('%1$L, %%1$s.%1$I', a.attname), ', ' ORDER BY a.attnum) || ')',
    string_agg(format('o.%1$I = n.%1$I', a.attname), ' AND ') FILTER (WHERE a.attname <> 'occurred_at')
      || ' AND o.workspace_id = n.workspace_id'
  INTO key_of, same
  FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = target AND i.indisprimary AND a.attname <> 'workspace_id';

  PERFORM satchel.install_statement_trigger(target, 'capture_insert', 'INSERT', format(when_shared, format(
    $body$
    INSERT INTO sync_outbox (workspace_id, change_set_id, object, record_key, operation, stamp)
    SELECT n.workspace_id, satchel.change_set(n.workspace_id), %1$L, %2$s, 'upsert', satchel.stamp()
    FROM new_rows AS n JOIN sync_state AS s ON s.workspace_id = n.workspace_id AND s.capturing;
    $body$, target::text, format(key_of, 'n'))));
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
      SELECT %2$s, 'delete'::sync_operation WHERE n.workspace_id IS NULL
      UNION ALL SELECT %3$s, 'upsert' WHERE n.workspace_id IS NOT NULL AND to_jsonb(n) - %4$L::text[] IS DISTINCT FROM to_jsonb(o) - %4$L::text[]
    ) AS c (record_key, operation)
    JOIN sync_state AS s ON s.workspace_id = coalesce(n.workspace_id, o.workspace_id) AND s.capturing$query$,
      same, format(key_of, 'o'), format(key_of, 'n'), '{updated_at,occurred_at}') END)));
  PERFORM satchel.install_statement_trigger(target, 'capture_delete', 'DELETE', format(when_shared, format(
    $body$
    INSERT INTO sync_outbox (workspace_id, change_set_id, object, record_key, operation, stamp)
    SELECT o.workspace_id, satchel.change_set(o.workspace_id), %1$L, %2$s, 'delete', satchel.stamp()
    FROM old_rows AS o JOIN sync_state AS s ON s.workspace_id = o.workspace_id AND s.capturing;
    $body$, target::text, format(key_of, 'o'))));
END
$$;

SELECT satchel.install_capture(name::regclass)
FROM unnest(ARRAY[
  'teams', 'users', 'attachments', 'settings', 'custom_field_definitions', 'saved_views', 'tags', 'record_tags', 'merges'
]) AS name;

RESET ROLE;
