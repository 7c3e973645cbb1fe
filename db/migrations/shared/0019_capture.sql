-- History: every change of a business record is kept, by field, under the business action it belongs to. Statement-level
-- triggers with transition tables: one insertion of all the entries of a statement, at about a third of
-- what a trigger per row costs in an import.
SET LOCAL ROLE satchel_owner;

-- A UUID version 7 made by the database, for rows that no application names.
CREATE FUNCTION satchel.new_id() RETURNS uuid
LANGUAGE sql VOLATILE PARALLEL SAFE
AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
      52, 1), 53, 1),
    'hex')::uuid
$$;

CREATE FUNCTION satchel.source() RETURNS change_source
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT coalesce(
    nullif(current_setting('satchel.source', true), ''),
    CASE WHEN nullif(current_setting('satchel.user_id', true), '') IS NULL THEN 'system' ELSE 'person' END
  )::change_source
$$;

-- The change set of the transaction: the one the caller named in satchel.change_set_id, or a new one. Its row is made if
-- nobody made it, so that work which nobody grouped is still one action that can be undone.
CREATE FUNCTION satchel.change_set(workspace uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
DECLARE
  id uuid := nullif(current_setting('satchel.change_set_id', true), '')::uuid;
BEGIN
  IF id IS NULL THEN
    id := satchel.new_id();
    PERFORM set_config('satchel.change_set_id', id::text, true);
  END IF;
  IF coalesce(current_setting('satchel.change_set_made', true), '') <> workspace::text || id::text THEN
    INSERT INTO change_sets (workspace_id, id, user_id, source)
    VALUES (workspace, id, satchel.user_id(), satchel.source())
    ON CONFLICT DO NOTHING;
    PERFORM set_config('satchel.change_set_made', workspace::text || id::text, true);
  END IF;
  RETURN id;
END
$$;

-- Gives a table its history. A custom field is a field of its own, `custom_fields.<key>`, as in the stamps. `record` is the
-- column that names the record the entries belong to; a link is kept whole, as an entry of the record it hangs on, but for
-- what it repeats of its activity, which follows the activity.
CREATE FUNCTION satchel.install_history(target regclass, record text DEFAULT 'id') RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
DECLARE
  compared text;
  differs text;
  keys text;
  is_link boolean := record <> 'id';
  whole constant text := '(to_jsonb(%s) - ''{workspace_id,occurred_at,_stamp,_stamps,_tombstone,_seq}''::text[])';
BEGIN
  SELECT string_agg(format('o.%1$I = n.%1$I', a.attname), ' AND ') INTO keys
  FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  -- An activity keeps its id when it moves to another time.
  WHERE i.indrelid = target AND i.indisprimary AND a.attname <> 'occurred_at';

  SELECT string_agg(
    CASE WHEN name = 'custom_fields' THEN
      $custom$SELECT 'custom_fields.' || key, o.custom_fields -> key, n.custom_fields -> key
    FROM jsonb_object_keys(CASE WHEN o.custom_fields <> n.custom_fields THEN o.custom_fields || n.custom_fields ELSE '{}' END) AS key
    WHERE o.custom_fields -> key IS DISTINCT FROM n.custom_fields -> key$custom$
    ELSE format('SELECT %1$L::text, to_jsonb(o.%1$I), to_jsonb(n.%1$I) WHERE o.%1$I IS DISTINCT FROM n.%1$I', name)
    END,
    E'\n    UNION ALL ' ORDER BY ordinal)
  INTO compared
  FROM satchel.business_columns(target);
  SELECT format('ROW(%s) IS DISTINCT FROM ROW(%s)',
    string_agg(format('n.%I', name), ', ' ORDER BY ordinal), string_agg(format('o.%I', name), ', ' ORDER BY ordinal))
  INTO differs
  FROM satchel.business_columns(target);

  PERFORM satchel.install_statement_trigger(target, 'history_insert', 'INSERT', format(
    $body$
  INSERT INTO field_history (workspace_id, change_set_id, object, record_id, operation, new_value, user_id, source)
  SELECT n.workspace_id, w.change_set_id, %1$L, n.%2$I, 'insert', %3$s, (SELECT satchel.user_id()), (SELECT satchel.source())
  FROM new_rows AS n
  JOIN (
    SELECT d.workspace_id, satchel.change_set(d.workspace_id) AS change_set_id
    FROM (SELECT DISTINCT workspace_id FROM new_rows) AS d
  ) AS w ON w.workspace_id = n.workspace_id;
    $body$, target::text, record, CASE WHEN is_link THEN format(whole, 'n') ELSE 'NULL' END));

  IF is_link THEN
    -- A changed link is the old one taken away and the new one put there, in this order; so is one that was given to
    -- another record, whose key changed and whose rows therefore do not meet.
    differs := format('%s IS DISTINCT FROM %s', format(whole, 'o'), format(whole, 'n'));
    compared := format(E'SELECT ''delete'', 1, %1$s, NULL::jsonb WHERE %3$s AND o.workspace_id IS NOT NULL\n    UNION ALL SELECT ''insert'', 2, NULL, %2$s WHERE %3$s AND n.workspace_id IS NOT NULL',
      format(whole, 'o'), format(whole, 'n'), differs);
  END IF;
  PERFORM satchel.install_statement_trigger(target, 'history_update', 'UPDATE', format(
    $body$
  -- What changed nothing makes no change set either.
  IF NOT EXISTS (SELECT FROM old_rows AS o %9$s JOIN new_rows AS n ON %3$s WHERE %8$s) THEN
    RETURN NULL;
  END IF;
  INSERT INTO field_history
    (workspace_id, change_set_id, object, record_id, operation, field, old_value, new_value, user_id, source)
  SELECT w.workspace_id, w.change_set_id, %1$L, coalesce(n.%2$I, o.%2$I),
    %5$s, f.old_value, f.new_value, (SELECT satchel.user_id()), (SELECT satchel.source())
  FROM old_rows AS o
  %9$s JOIN new_rows AS n ON %3$s
  JOIN (
    SELECT d.workspace_id, satchel.change_set(d.workspace_id) AS change_set_id
    FROM (SELECT DISTINCT workspace_id FROM new_rows) AS d
  ) AS w ON w.workspace_id = coalesce(n.workspace_id, o.workspace_id)
  CROSS JOIN LATERAL (
    %4$s
  ) AS f (%6$s, old_value, new_value)%7$s;
    $body$, target::text, record, keys, compared,
    CASE WHEN is_link THEN 'f.operation::change_operation, NULL' ELSE
      '(CASE WHEN f.field <> ''deleted_at'' THEN ''update'' WHEN f.new_value IS NULL THEN ''restore'' ELSE ''delete'' END)::change_operation, f.field'
    END,
    CASE WHEN is_link THEN 'operation, step' ELSE 'field' END,
    CASE WHEN is_link THEN E'\n  ORDER BY f.step' ELSE '' END, differs, CASE WHEN is_link THEN 'FULL' ELSE '' END));

  PERFORM satchel.install_statement_trigger(target, 'history_delete', 'DELETE', format(
    $body$
  INSERT INTO field_history (workspace_id, change_set_id, object, record_id, operation, old_value, user_id, source)
  SELECT o.workspace_id, w.change_set_id, %1$L, o.%2$I, %4$L, %3$s, (SELECT satchel.user_id()), (SELECT satchel.source())
  FROM old_rows AS o
  JOIN (
    SELECT d.workspace_id, satchel.change_set(d.workspace_id) AS change_set_id
    FROM (SELECT DISTINCT workspace_id FROM old_rows) AS d
    -- Nothing is kept of a workspace that is deleted as a whole.
    WHERE EXISTS (SELECT FROM workspaces WHERE workspaces.id = d.workspace_id)
  ) AS w ON w.workspace_id = o.workspace_id;
    $body$, target::text, record,
    CASE WHEN is_link THEN format(whole, 'o') ELSE 'NULL' END, CASE WHEN is_link THEN 'delete' ELSE 'purge' END));
END
$$;

SELECT satchel.install_history(name::regclass)
FROM unnest(ARRAY['teams', 'users', 'custom_field_definitions', 'saved_views', 'tags']) AS name;
SELECT satchel.install_history('record_tags', 'record_id');

-- The history has no foreign keys, so a workspace that is deleted takes it along by this.
CREATE FUNCTION satchel.forget_workspaces() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
BEGIN
  DELETE FROM field_history WHERE workspace_id IN (SELECT id FROM old_rows);
  RETURN NULL;
END
$$;
CREATE TRIGGER forget AFTER DELETE ON workspaces REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION satchel.forget_workspaces();

GRANT EXECUTE ON FUNCTION satchel.new_id(), satchel.source() TO satchel_app;

RESET ROLE;
