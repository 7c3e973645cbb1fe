-- Who changed what, when and by what means; and the imports that changes may come from.
--
-- Every change of a business record is kept, by field, under the business action it belongs to. Statement-level
-- triggers with transition tables: one insertion of all the entries of a statement, at about a third of
-- what a trigger per row costs in an import.
SET LOCAL ROLE satchel_owner;

CREATE TYPE change_source AS ENUM ('person', 'import', 'sync', 'ai', 'system');
CREATE TYPE change_operation AS ENUM ('insert', 'update', 'delete', 'restore', 'purge');

CREATE TYPE import_status AS ENUM (
  'pending', 'running', 'completed', 'cancelled', 'failed', 'reverting', 'partly_reverted', 'reverted'
);

-- Records carry the batch they came from in import_batch_id, a mark and no foreign key: checking one would cost a
-- fifteenth of a large import, and a batch is never deleted.
CREATE TABLE import_batches (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  user_id uuid DEFAULT satchel.user_id(),
  file_names text[] NOT NULL DEFAULT '{}',
  objects text[] NOT NULL DEFAULT '{}',
  status import_status NOT NULL DEFAULT 'pending',
  mapping jsonb NOT NULL DEFAULT '{}',
  options jsonb NOT NULL DEFAULT '{}',
  -- Per object what was done to it, for example {"contacts": {"created": 3, "updated": 1}}.
  counts jsonb NOT NULL DEFAULT '{}',
  rows_total integer NOT NULL DEFAULT 0 CHECK (rows_total >= 0),
  created_count integer NOT NULL DEFAULT 0 CHECK (created_count >= 0),
  updated_count integer NOT NULL DEFAULT 0 CHECK (updated_count >= 0),
  skipped_count integer NOT NULL DEFAULT 0 CHECK (skipped_count >= 0),
  failed_count integer NOT NULL DEFAULT 0 CHECK (failed_count >= 0),
  error_file text,
  -- What a person is told: a template and its values.
  error_message jsonb,
  started_at timestamptz,
  finished_at timestamptz,
  reverted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT import_batches_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id)
);

CREATE INDEX idx_import_batches_created_at ON import_batches (workspace_id, created_at DESC, id);
CREATE INDEX idx_import_batches_user_id ON import_batches (workspace_id, user_id);

CREATE TABLE import_mappings (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- Identifies files of the same kind: a digest of the header row.
  signature text NOT NULL,
  object text NOT NULL,
  mapping jsonb NOT NULL,
  last_used_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT import_mappings_signature_key UNIQUE (workspace_id, signature, object)
);

-- One business action: an edit, a bulk edit, a conversion, a merge, one slice of an import.
CREATE TABLE change_sets (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  user_id uuid,
  source change_source NOT NULL DEFAULT 'person',
  -- What it is called: {"template": "Changed {{0}}", "values": [...]}, said in the reader's language.
  label jsonb,
  import_batch_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- The change set that this one took back, and the one that took this one back.
  undoes uuid,
  undone_by uuid,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT change_sets_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id),
  CONSTRAINT change_sets_import_batch_fkey FOREIGN KEY (workspace_id, import_batch_id)
    REFERENCES import_batches (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT change_sets_undoes_fkey FOREIGN KEY (workspace_id, undoes)
    REFERENCES change_sets (workspace_id, id),
  CONSTRAINT change_sets_undone_by_fkey FOREIGN KEY (workspace_id, undone_by)
    REFERENCES change_sets (workspace_id, id)
);

CREATE INDEX idx_change_sets_created_at ON change_sets (workspace_id, created_at DESC, id);
CREATE INDEX idx_change_sets_user_id ON change_sets (workspace_id, user_id, created_at DESC);
CREATE INDEX idx_change_sets_import_batch_id ON change_sets (workspace_id, import_batch_id)
  WHERE import_batch_id IS NOT NULL;
CREATE INDEX idx_change_sets_undoes ON change_sets (workspace_id, undoes) WHERE undoes IS NOT NULL;
CREATE INDEX idx_change_sets_undone_by ON change_sets (workspace_id, undone_by) WHERE undone_by IS NOT NULL;

-- One row per changed field of a record; an insert, a delete or a purge is one row without a field. The change set leads
-- the key: undoing it reads one range, in the order of change. No foreign keys: the rows are written by triggers
-- only, in bulk, and outlive the records they tell of.
CREATE TABLE field_history (
  workspace_id uuid NOT NULL,
  change_set_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  object text NOT NULL,
  record_id uuid NOT NULL,
  operation change_operation NOT NULL,
  field text,
  old_value jsonb,
  new_value jsonb,
  changed_at timestamptz NOT NULL DEFAULT now(),
  user_id uuid,
  source change_source NOT NULL,
  PRIMARY KEY (workspace_id, change_set_id, seq)
);

CREATE INDEX idx_field_history_record ON field_history (workspace_id, record_id, seq DESC);

-- Where an undo stands: slices continue after the last entry looked at, and entries that were changed again since
-- are kept here instead of being overwritten.
CREATE TABLE undo_conflicts (
  workspace_id uuid NOT NULL,
  change_set_id uuid NOT NULL,
  seq bigint NOT NULL,
  object text NOT NULL,
  record_id uuid NOT NULL,
  field text,
  reason text NOT NULL,
  current_value jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, change_set_id, seq),
  CONSTRAINT undo_conflicts_change_set_fkey FOREIGN KEY (workspace_id, change_set_id)
    REFERENCES change_sets (workspace_id, id) ON DELETE CASCADE
);

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
    CASE WHEN satchel.user_id() IS NULL THEN 'system' ELSE 'person' END
  )::change_source
$$;

-- The change set of the transaction: the one the caller named in satchel.change_set_id, or a new one. Its row is made if
-- nobody made it, so that work which nobody grouped is still one action that can be undone.
CREATE FUNCTION satchel.change_set(workspace uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
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

-- Gives a table its history. What sync writes brings its own along (satchel.take_history). A custom field is a field of its own, `custom_fields.<key>`, as in the stamps. `record` is the
-- column that names the record the entries belong to; a link is kept whole, as an entry of the record it hangs on, but for
-- what it repeats of its activity, which follows the activity.
CREATE FUNCTION satchel.install_history(target regclass, record text DEFAULT 'id') RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
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
  IF satchel.source() = 'sync' THEN
    RETURN NULL;
  END IF;
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
  IF satchel.source() = 'sync' OR NOT EXISTS (SELECT FROM old_rows AS o %9$s JOIN new_rows AS n ON %3$s WHERE %8$s) THEN
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
  IF satchel.source() = 'sync' THEN
    RETURN NULL;
  END IF;
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

SELECT satchel.install_history(name::regclass) FROM unnest(ARRAY['teams', 'users']) AS name;

-- Takes in change sets and their entries as the machine that made them wrote them, with its author and times; the entries keep
-- their order. What is there already stays as it is, so that taking it in again changes nothing; of a change set that is
-- there, only what was done to it since is taken: that it was undone, and its stamp. Not for requests.
CREATE FUNCTION satchel.take_history(workspace uuid, sets jsonb, entries jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  fresh uuid[];
BEGIN
  WITH given AS (
    SELECT s.* FROM jsonb_populate_recordset(NULL::change_sets, sets) AS s
  ), made AS (
    INSERT INTO change_sets AS c (workspace_id, id, user_id, source, label, created_at, undoes, undone_by, _stamp)
    SELECT workspace, g.id, g.user_id, g.source, g.label, least(g.created_at, now()), g.undoes, g.undone_by, g._stamp
    FROM given AS g
    ON CONFLICT (workspace_id, id) DO UPDATE SET undone_by = excluded.undone_by, _stamp = excluded._stamp
      -- Nobody says of a change set of somebody else what became of it.
      WHERE c.user_id IS NOT DISTINCT FROM excluded.user_id AND c._stamp < excluded._stamp
    RETURNING id, xmax = 0 AS is_new
  )
  SELECT array_agg(id) FILTER (WHERE is_new) INTO fresh FROM made;
  INSERT INTO field_history
    (workspace_id, change_set_id, object, record_id, operation, field, old_value, new_value, changed_at, user_id, source)
  SELECT workspace, c.id, e.object, e.record_id, e.operation, e.field, e.old_value, e.new_value,
    least(e.changed_at, now()), c.user_id, e.source
  FROM jsonb_array_elements(entries) WITH ORDINALITY AS given (entry, position)
  CROSS JOIN jsonb_populate_record(NULL::field_history, entry) AS e
  JOIN change_sets AS c ON c.workspace_id = workspace AND c.id = e.change_set_id AND c.id = ANY (fresh)
  ORDER BY given.position;
END
$$;

-- The same for what a user pushes: the author is the user, whatever was sent.
CREATE FUNCTION satchel.push_history(sets jsonb, entries jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  workspace uuid := satchel.current_workspace();
BEGIN
  IF workspace IS NULL THEN
    RAISE EXCEPTION 'You have no access to this workspace' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM satchel.take_history(
    workspace,
    (SELECT coalesce(jsonb_agg(s || jsonb_build_object('user_id', satchel.user_id())), '[]') FROM jsonb_array_elements(sets) AS s),
    entries);
END
$$;

GRANT EXECUTE ON FUNCTION satchel.push_history(jsonb, jsonb) TO satchel_app;

-- The history has no foreign keys, so a workspace that is deleted takes it along by this.
CREATE FUNCTION satchel.forget_workspaces() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  DELETE FROM field_history WHERE workspace_id IN (SELECT id FROM old_rows);
  RETURN NULL;
END
$$;

CREATE TRIGGER forget AFTER DELETE ON workspaces REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION satchel.forget_workspaces();

GRANT EXECUTE ON FUNCTION satchel.new_id(), satchel.source() TO satchel_app;

SELECT satchel.install_touch(name::regclass) FROM unnest(ARRAY['import_batches', 'import_mappings', 'change_sets']) AS name;

-- Whatever is captured names its change set, whose row, author and time among it, goes along with its entries.
INSERT INTO satchel.tables (name, mark, travels_with) VALUES
  ('change_sets', 'synced', 'sync_outbox'), ('field_history', 'synced', 'change_sets'),
  -- An import is of the machine that ran it; elsewhere its records keep its id as a mark.
  ('import_batches', 'local', NULL), ('import_mappings', 'local', NULL), ('undo_conflicts', 'local', NULL);

GRANT SELECT, INSERT, UPDATE, DELETE ON import_batches, import_mappings TO satchel_app;

GRANT SELECT ON field_history, undo_conflicts TO satchel_app;

-- A request names its business action beforehand; the rows of the history come from triggers only.
GRANT SELECT, INSERT, UPDATE ON change_sets TO satchel_app;

-- Whether a change set did something to a record that the caller sees. A function for the same reason.
CREATE FUNCTION satchel.sees_change_of(change_set uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN EXISTS (SELECT FROM field_history AS h WHERE h.workspace_id = satchel.workspace_id() AND h.change_set_id = change_set);
END
$$;

GRANT EXECUTE ON FUNCTION satchel.sees_change_of(uuid) TO satchel_app;

-- Imports and changes: one's own, and those of others whose scope is all.
SELECT satchel.protect(
  'import_batches',
  '(SELECT satchel.reaches_all(''import:run'')) OR user_id = (SELECT satchel.user_id())',
  '(SELECT satchel.can(''import:run'')) AND user_id = (SELECT satchel.user_id())',
  '(SELECT satchel.reaches_all(''import:run'')) OR user_id = (SELECT satchel.user_id())',
  '(SELECT satchel.reaches_all(''import:run''))'
);

SELECT satchel.protect(
  'import_mappings', 'true', '(SELECT satchel.can(''import:run''))', '(SELECT satchel.can(''import:run''))',
  '(SELECT satchel.can(''import:run''))'
);

-- Its label may name a record.
SELECT satchel.protect(
  'change_sets',
  'user_id = (SELECT satchel.user_id()) OR (SELECT satchel.reaches_all(''history:undo'')) OR satchel.sees_change_of(id)',
  'user_id = (SELECT satchel.user_id())',
  'user_id = (SELECT satchel.user_id()) OR (SELECT satchel.reaches_all(''history:undo''))', 'false'
);

-- What happened to a record is seen by those who see the record. A tag put on a record belongs to that record.
SELECT satchel.protect(
  'field_history',
  'object = ANY ((SELECT satchel.objects_read_in_full())::text[])
   OR satchel.sees_record(
     CASE object WHEN ''record_tags'' THEN coalesce(new_value, old_value) ->> ''object'' ELSE object END, record_id)',
  'false', 'false', 'false'
);

SELECT satchel.protect(
  'undo_conflicts',
  'EXISTS (SELECT FROM public.change_sets AS c WHERE c.workspace_id = undo_conflicts.workspace_id
     AND c.id = undo_conflicts.change_set_id AND c.user_id = (SELECT satchel.user_id()))
   OR (SELECT satchel.reaches_all(''history:undo''))',
  'false', 'false', 'false'
);

RESET ROLE;
