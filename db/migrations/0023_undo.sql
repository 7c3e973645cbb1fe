-- Taking a change set back, or a whole import, in slices, as the caller and under the caller's policies.
SET LOCAL ROLE satchel_owner;

CREATE FUNCTION satchel.keep_undo_conflicts(target uuid, conflicts jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
  INSERT INTO undo_conflicts (workspace_id, change_set_id, seq, object, record_id, field, reason, current_value)
  SELECT satchel.workspace_id(), target, c.seq, c.object, c.record_id, c.field, c.reason, c.current_value
  FROM jsonb_to_recordset(conflicts)
    AS c (seq bigint, object text, record_id uuid, field text, reason text, current_value jsonb)
  ON CONFLICT DO NOTHING
$$;

-- Links come and go with their change; one to an activity is put where the activity is by now. Returns how many rows were
-- changed, and the entries that could not be taken back.
CREATE FUNCTION satchel.undo_links(object_name text, entries field_history[])
RETURNS TABLE (undone integer, conflicts jsonb)
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  workspace constant uuid := satchel.current_workspace();
  is_of_activity boolean;
  same_key text;
  put integer;
BEGIN
  SELECT c.parent = 'activities' INTO is_of_activity FROM satchel.object_children AS c WHERE c.name = object_name;
  SELECT string_agg(format('r.%1$I = v.%1$I', a.attname), ' AND ') INTO same_key
  FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
  WHERE i.indrelid = ('public.' || quote_ident(object_name))::regclass AND i.indisprimary
    AND a.attname <> 'workspace_id';
  EXECUTE format(
    'DELETE FROM public.%1$I AS r USING unnest($1) AS e,
       LATERAL jsonb_populate_record(NULL::public.%1$I, e.new_value) AS v
     WHERE e.object = $2 AND e.operation = ''insert'' AND r.workspace_id = $3 AND %2$s', object_name, same_key)
  USING entries, object_name, workspace;
  GET DIAGNOSTICS undone = ROW_COUNT;
  EXECUTE format(
    'WITH taken AS (
       SELECT e.seq, e.record_id, %3$s AS occurred_at, %4$s AS gone, e.old_value
         || jsonb_build_object(''workspace_id'', $3, ''_stamp'', satchel.stamp(), ''_stamps'', ''{}''::jsonb, ''_tombstone'', false)
         AS link
       FROM unnest($1) AS e %2$s
       WHERE e.object = $2 AND e.operation = ''delete''
     ), put AS (
       INSERT INTO public.%1$I
       SELECT v.* FROM taken AS t, LATERAL jsonb_populate_record(NULL::public.%1$I,
         t.link || jsonb_build_object(''occurred_at'', t.occurred_at)) AS v
       WHERE NOT t.gone
       ON CONFLICT DO NOTHING
       RETURNING true
     )
     SELECT (SELECT count(*) FROM put), (
       SELECT coalesce(jsonb_agg(jsonb_build_object(
         ''seq'', seq, ''object'', $2, ''record_id'', record_id, ''reason'', ''gone'')), ''[]'')
       FROM taken WHERE gone
     )', object_name,
    CASE WHEN is_of_activity THEN
      'LEFT JOIN public.activities AS a ON a.workspace_id = $3 AND a.id = e.record_id' ELSE '' END,
    CASE WHEN is_of_activity THEN 'a.occurred_at' ELSE 'NULL::timestamptz' END,
    CASE WHEN is_of_activity THEN 'a.id IS NULL' ELSE 'false' END)
  INTO put, conflicts
  USING entries, object_name, workspace;
  undone := undone + put;
  RETURN NEXT;
END
$$;

-- All that an import did to the records whose fields are among the entries, so that a record gets at once what it had before
-- the import. A record that a newer entry of it was in is done already; one that the import made is removed and not restored.
CREATE FUNCTION satchel.changes_by_import(object_name text, entries field_history[], batch uuid) RETURNS field_history[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT array_agg(w.entry)
  FROM (
    SELECT h.entry,
      bool_or((h.entry).operation = 'insert') OVER of_record AS is_made, max((h.entry).seq) OVER of_record AS newest
    FROM (
      SELECT DISTINCT e.record_id FROM unnest(entries) AS e WHERE e.object = object_name AND e.field IS NOT NULL
    ) AS t
    CROSS JOIN LATERAL (
      SELECT f AS entry FROM field_history AS f
      WHERE f.workspace_id = satchel.current_workspace() AND f.record_id = t.record_id AND f.object = object_name
        AND (
          SELECT c.import_batch_id = batch AND c.source IN ('import', 'system') FROM change_sets AS c
          WHERE c.workspace_id = f.workspace_id AND c.id = f.change_set_id
        )
      OFFSET 0
    ) AS h
    WINDOW of_record AS (PARTITION BY t.record_id)
  ) AS w
  WHERE NOT w.is_made AND w.newest <= (SELECT max(e.seq) FROM unnest(entries) AS e)
$$;

-- A changed field gets its former value back, the record's own trash mark among them, unless it has been changed again
-- since. Custom fields are judged and set one by one in their document. No other column is named, since not all of a user
-- may be read. Returns the records that were given something back, or would be, and the fields that were left.
CREATE FUNCTION satchel.undo_fields(object_name text, entries field_history[], is_foreseen boolean)
RETURNS TABLE (restored uuid[], conflicts jsonb)
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  workspace constant uuid := satchel.current_workspace();
  assignments text;
  changed text;
  is_former text;
  present text;
  has_custom boolean;
BEGIN
  SELECT
    string_agg(format('%1$I = CASE WHEN p.patch ? %1$L THEN v.%1$I ELSE r.%1$I END', f.field), ', ') FILTER (WHERE NOT f.is_custom),
    string_agg(format('WHEN %1$L THEN r.%1$I IS DISTINCT FROM
      (jsonb_populate_record(NULL::public.%2$I, jsonb_build_object(%1$L, f.expected))).%1$I', f.field, object_name), ' ')
      FILTER (WHERE NOT f.is_custom),
    string_agg(format('WHEN %1$L THEN r.%1$I IS NOT DISTINCT FROM
      (jsonb_populate_record(NULL::public.%2$I, jsonb_build_object(%1$L, f.wanted))).%1$I', f.field, object_name), ' ')
      FILTER (WHERE NOT f.is_custom),
    string_agg(format('WHEN %1$L THEN to_jsonb(r.%1$I)', f.field), ' ') FILTER (WHERE NOT f.is_custom),
    coalesce(bool_or(f.is_custom), false)
  INTO assignments, changed, is_former, present, has_custom
  FROM (
    SELECT DISTINCT e.field, e.field LIKE 'custom\_fields.%' AS is_custom
    FROM unnest(entries) AS e WHERE e.object = object_name AND e.field IS NOT NULL
  ) AS f;
  IF has_custom THEN
    assignments := concat_ws(', ', assignments, 'custom_fields = (r.custom_fields - p.custom_gone) || p.custom_patch');
    changed := concat_ws(' ', changed,
      'WHEN f.field THEN r.custom_fields -> split_part(f.field, ''.'', 2) IS DISTINCT FROM f.expected');
    is_former := concat_ws(' ', is_former,
      'WHEN f.field THEN r.custom_fields -> split_part(f.field, ''.'', 2) IS NOT DISTINCT FROM f.wanted');
    present := concat_ws(' ', present, 'WHEN f.field THEN r.custom_fields -> split_part(f.field, ''.'', 2)');
  END IF;
  restored := '{}';
  conflicts := '[]';
  IF assignments IS NULL THEN
    RETURN NEXT;
    RETURN;
  END IF;
  EXECUTE format(
    'WITH folded AS (
       SELECT e.record_id, e.field, max(e.seq) AS seq, e.field LIKE ''custom\_fields.%%'' AS is_custom,
         (array_agg(e.new_value ORDER BY e.seq DESC))[1] AS expected, (array_agg(e.old_value ORDER BY e.seq))[1] AS wanted
       FROM unnest($1) AS e WHERE e.object = $2 AND e.field IS NOT NULL
       GROUP BY e.record_id, e.field
     ), judged AS (
       SELECT f.*, r.id IS NULL AS gone, CASE f.field %3$s END AS changed, CASE f.field %4$s END AS is_former,
         CASE f.field %5$s END AS current_value
       FROM folded AS f LEFT JOIN public.%1$I AS r ON r.workspace_id = $3 AND r.id = f.record_id
     ), patches AS (
       SELECT record_id,
         coalesce(jsonb_object_agg(field, wanted) FILTER (WHERE NOT is_custom), ''{}'') AS patch,
         -- A field that was not there is taken out again; one that was emptied, which is a JSON null, stays empty.
         coalesce(jsonb_object_agg(split_part(field, ''.'', 2), wanted) FILTER (WHERE is_custom AND wanted IS NOT NULL), ''{}'')
           AS custom_patch,
         coalesce(array_agg(split_part(field, ''.'', 2)) FILTER (WHERE is_custom AND wanted IS NULL), ''{}'') AS custom_gone
       FROM judged WHERE NOT gone AND NOT changed
       GROUP BY record_id
     )%6$s
     SELECT (SELECT coalesce(array_agg(%7$s), ''{}'') FROM %8$s), (
       SELECT coalesce(jsonb_agg(jsonb_build_object(''seq'', seq, ''object'', $2, ''record_id'', record_id, ''field'', field,
         ''reason'', CASE WHEN gone THEN ''gone'' ELSE ''changed'' END, ''current_value'', current_value)), ''[]'')
       FROM judged WHERE gone OR changed AND NOT is_former
     )', object_name, assignments, changed, is_former, present,
    CASE WHEN is_foreseen THEN '' ELSE format(
      ', written AS (
         UPDATE public.%1$I AS r SET %2$s
         FROM patches AS p, LATERAL jsonb_populate_record(NULL::public.%1$I, p.patch) AS v
         WHERE r.workspace_id = $3 AND r.id = p.record_id
         RETURNING r.id
       )', object_name, assignments) END,
    CASE WHEN is_foreseen THEN 'record_id' ELSE 'id' END, CASE WHEN is_foreseen THEN 'patches' ELSE 'written' END)
  INTO restored, conflicts
  USING entries, object_name, workspace;
  RETURN NEXT;
END
$$;

CREATE FUNCTION satchel.has_column(target text, name text) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT EXISTS (
    SELECT FROM pg_attribute AS a
    WHERE a.attrelid = ('public.' || quote_ident(target))::regclass AND a.attname = name AND NOT a.attisdropped)
$$;

-- The query that tells of records that were created whether they may go again. `is_changed`: a field has another value than
-- before the first change made since; a change that was undone is none, nor is one by an import that was reverted, nor what
-- only follows from an import. `is_referenced`, for an import alone, which may purge: something that stays refers to the
-- record, by the foreign keys there are, or a value of the custom field is left. Moved to the trash, a record takes no link
-- from what lies there itself; rows of the same table and import go together with it.
--
-- `$1` the workspace, `$2` the ids, `$3` the import, `$4` the change set (null: the whole import), `$5` where an import is
-- only foreseen the records that will stay, and `$6` those that will have their former values. OFFSET 0 keeps each question
-- one search of an index: right after an import there are no statistics that say how many rows there are. Tables without a
-- row are left out: most of what could refer to a record is not there at all then, and costs more to plan than the rest.
CREATE FUNCTION satchel.created_query(object_name text, is_import boolean, purges boolean) RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  is_field constant boolean := object_name = 'custom_field_definitions';
  has_times constant boolean := satchel.has_column(object_name, 'created_at') AND satchel.has_column(object_name, 'updated_at');
  referenced text;
  referrer record;
  is_in_use boolean;
BEGIN
  IF is_import AND is_field THEN
    SELECT format('CASE t.object::text %s ELSE true END', string_agg(format(
      'WHEN %1$L THEN EXISTS (
         SELECT FROM public.%1$I AS r WHERE r.workspace_id = $1 AND r.custom_fields -> t.key IS NOT NULL
           AND ($5::uuid[] IS NULL OR (%2$s) AND (r.id <> ALL ($6::uuid[]) OR r.id = ANY ($5::uuid[]))))',
      o.name, CASE WHEN satchel.can('record:purge') THEN 'r.import_batch_id IS DISTINCT FROM $3::uuid OR r.id = ANY ($5::uuid[])' ELSE 'true' END), ' '))
    INTO referenced
    FROM satchel.objects AS o
    WHERE satchel.has_column(o.name, 'custom_fields') AND satchel.has_column(o.name, 'import_batch_id');
  ELSIF is_import THEN
    FOR referrer IN SELECT * FROM satchel.references_to('public.' || quote_ident(object_name)) AS f WHERE f.is_written
    LOOP
      EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE workspace_id = $1)', referrer.child)
      INTO is_in_use USING satchel.current_workspace();
      CONTINUE WHEN NOT is_in_use;
      referenced := concat_ws(E'\n OR ', referenced, format(
        'EXISTS (SELECT FROM public.%1$I AS r WHERE r.workspace_id = $1 AND r.%2$I = t.id %3$s %4$s OFFSET 0)',
        referrer.child, referrer.child_column,
        CASE WHEN referrer.has_trash AND NOT purges THEN 'AND r.deleted_at IS NULL' ELSE '' END,
        CASE
          WHEN referrer.child = object_name THEN 'AND r.import_batch_id IS DISTINCT FROM $3::uuid'
          WHEN satchel.has_column(referrer.child, 'import_batch_id')
            THEN 'AND ($5::uuid[] IS NULL OR r.import_batch_id IS DISTINCT FROM $3::uuid OR r.id = ANY ($5::uuid[]))'
          ELSE ''
        END));
    END LOOP;
  END IF;
  RETURN format(
    'SELECT t.id, t.is_trashed, t.is_touched AND EXISTS (
       SELECT FROM field_history AS h
       WHERE h.workspace_id = $1 AND h.record_id = t.id AND h.object = %1$L AND h.operation <> ''insert''
         AND ($4::uuid IS NULL OR h.change_set_id <> $4::uuid AND h.field <> ''deleted_at'')
         AND (
           SELECT c.import_batch_id FROM change_sets AS c WHERE c.workspace_id = $1 AND c.id = h.change_set_id
             AND (c.import_batch_id = $3::uuid OR c.import_batch_id IS NOT NULL AND c.source = ''system'' OR EXISTS (
               SELECT FROM import_batches AS b
               WHERE b.workspace_id = $1 AND b.id = c.import_batch_id AND b.status IN (''reverted'', ''partly_reverted'')
             ))
         ) IS NULL
       GROUP BY h.field
       HAVING coalesce((array_agg(h.old_value ORDER BY h.seq))[1], ''null'')
         <> coalesce((array_agg(h.new_value ORDER BY h.seq DESC))[1], ''null'')
       OFFSET 0
     ) AS is_changed, coalesce(%2$s, false) AS is_referenced
     FROM (
       SELECT found.* FROM unnest($2::uuid[]) AS wanted (id)
       CROSS JOIN LATERAL (
         SELECT r.id, r.deleted_at IS NOT NULL AS is_trashed, %3$s AS is_touched %4$s
         FROM public.%1$I AS r WHERE r.workspace_id = $1 AND r.id = wanted.id OFFSET 0
       ) AS found
     ) AS t',
    object_name, coalesce(referenced, 'false'),
    CASE WHEN has_times THEN 'r.updated_at <> r.created_at OR r.deleted_at IS NOT NULL' ELSE 'true' END,
    CASE WHEN is_field THEN ', r.object, r.key' ELSE '' END);
END
$$;

-- The statement that removes the records `$2` of the workspace `$1`, for good or into the trash: by their places in the table,
-- which hold for one transaction. Where part of the columns is hidden, as of users, the places are too; of such records
-- there are few.
CREATE FUNCTION satchel.removal_statement(object_name text, purges boolean) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT format(
    CASE WHEN purges THEN 'DELETE FROM public.%1$I WHERE workspace_id = $1 AND %2$s'
      ELSE 'UPDATE public.%1$I SET deleted_at = now() WHERE workspace_id = $1 AND %2$s AND deleted_at IS NULL' END,
    object_name,
    CASE WHEN has_table_privilege('public.' || quote_ident(object_name), 'SELECT') THEN format(
      'ctid = ANY (ARRAY (
         SELECT found.ctid FROM unnest($2::uuid[]) AS wanted (id)
         CROSS JOIN LATERAL (
           SELECT r.ctid FROM public.%1$I AS r WHERE r.workspace_id = $1 AND r.id = wanted.id OFFSET 0
         ) AS found))', object_name)
    ELSE 'id = ANY ($2::uuid[])' END)
$$;

-- Records that were created go: those of a change set (`target`) to the trash, unless somebody's change has come since
-- (`edited`); those of a whole import (`batch`) for good where that is allowed, unless they were changed or something that
-- stays refers to them (`referenced`). What the policies do not let go is told as well (`forbidden`).
CREATE FUNCTION satchel.undo_created(
  object_name text, ids uuid[], target uuid, batch uuid, purges boolean, staying uuid[] DEFAULT NULL, former uuid[] DEFAULT NULL)
RETURNS TABLE (removed integer, conflicts jsonb)
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  workspace constant uuid := satchel.current_workspace();
  removable uuid[];
  gone uuid[];
BEGIN
  EXECUTE format(
    'SELECT coalesce(array_agg(q.id) FILTER (WHERE NOT q.is_changed AND NOT q.is_referenced AND ($7 OR NOT q.is_trashed)), ''{}''),
       coalesce(jsonb_agg(jsonb_build_object(''object'', $8, ''record_id'', q.id,
         ''reason'', CASE WHEN q.is_changed THEN ''edited'' ELSE ''referenced'' END)) FILTER (WHERE q.is_changed OR q.is_referenced), ''[]'')
     FROM (%s) AS q', satchel.created_query(object_name, target IS NULL, purges))
  INTO removable, conflicts
  USING workspace, ids, batch, target, staying, former, purges, object_name;
  removed := cardinality(removable);
  IF staying IS NULL AND removed > 0 THEN
    EXECUTE format('WITH gone AS (%s RETURNING id) SELECT coalesce(array_agg(id), ''{}'') FROM gone',
      satchel.removal_statement(object_name, purges))
    INTO gone
    USING workspace, removable;
    IF cardinality(gone) < removed THEN
      removed := cardinality(gone);
      EXECUTE format(
        'SELECT $5 || coalesce(jsonb_agg(jsonb_build_object(''object'', $4, ''record_id'', r.id, ''reason'', ''forbidden'')), ''[]'')
         FROM public.%I AS r WHERE r.workspace_id = $1 AND r.id = ANY ($2) AND r.id <> ALL ($3)', object_name)
      INTO conflicts
      USING workspace, removable, gone, object_name, conflicts;
    END IF;
  END IF;
  RETURN NEXT;
END
$$;

-- Takes up to `slice` entries of a change set back, the latest first: links and fields, then what was created, in the order of
-- the entries, since what was made later may refer to what was made before. `batch`: as part of reverting that import as a
-- whole. Where `staying` is given, nothing is changed and only told what would be: it is what is known to stay of the
-- import, and `former` the records that will have their former values.
CREATE FUNCTION satchel.take_back(
  target uuid, before_seq bigint, slice integer, batch uuid DEFAULT NULL, purges boolean DEFAULT false,
  staying uuid[] DEFAULT NULL, former uuid[] DEFAULT NULL)
RETURNS TABLE (examined integer, links integer, restored uuid[], removed integer, conflicts jsonb, next_seq bigint)
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC'
AS $$
#variable_conflict use_variable
DECLARE
  workspace constant uuid := satchel.current_workspace();
  entries field_history[];
  step record;
  of_links record;
  of_fields record;
  of_created record;
BEGIN
  SELECT array_agg(h), count(*)::integer, min(h.seq) INTO entries, examined, next_seq
  FROM (
    SELECT * FROM field_history AS f
    WHERE f.workspace_id = workspace AND f.change_set_id = target AND (before_seq IS NULL OR f.seq < before_seq)
    ORDER BY f.seq DESC
    LIMIT slice
  ) AS h;
  IF examined < slice THEN
    next_seq := NULL;
  END IF;
  links := 0;
  restored := '{}';
  removed := 0;
  conflicts := '[]';

  -- The names come from the history, which triggers alone write.
  FOR step IN
    SELECT e.object, coalesce(bool_or(c.is_link), false) AS is_link, bool_or(e.field IS NOT NULL) AS has_fields
    FROM unnest(entries) AS e LEFT JOIN satchel.object_children AS c ON c.name = e.object
    GROUP BY e.object ORDER BY max(e.seq) DESC
  LOOP
    IF step.is_link AND staying IS NULL THEN
      SELECT * INTO of_links FROM satchel.undo_links(step.object, entries);
      links := links + of_links.undone;
      conflicts := conflicts || of_links.conflicts;
    ELSIF NOT step.is_link AND step.has_fields THEN
      SELECT * INTO of_fields FROM satchel.undo_fields(step.object,
        CASE WHEN batch IS NULL THEN entries ELSE satchel.changes_by_import(step.object, entries, batch) END, staying IS NOT NULL);
      restored := restored || of_fields.restored;
      former := former || of_fields.restored;
      conflicts := conflicts || of_fields.conflicts;
      IF staying IS NOT NULL THEN
        staying := staying || ARRAY (SELECT (k ->> 'record_id')::uuid FROM jsonb_array_elements(of_fields.conflicts) AS k);
      END IF;
    END IF;
  END LOOP;

  FOR step IN
    SELECT r.object, array_agg(r.record_id) AS ids
    FROM (
      SELECT e.object, e.record_id, e.seq,
        row_number() OVER (ORDER BY e.seq) - row_number() OVER (PARTITION BY e.object ORDER BY e.seq) AS run
      FROM unnest(entries) AS e LEFT JOIN satchel.object_children AS c ON c.name = e.object
      WHERE e.operation = 'insert' AND c.is_link IS NOT TRUE
    ) AS r
    GROUP BY r.object, r.run ORDER BY max(r.seq) DESC
  LOOP
    SELECT * INTO of_created FROM satchel.undo_created(
      step.object, step.ids, CASE WHEN batch IS NULL THEN target END,
      coalesce(batch, (SELECT c.import_batch_id FROM change_sets AS c WHERE c.workspace_id = workspace AND c.id = target)),
      purges OR batch IS NOT NULL AND step.object = 'custom_field_definitions', staying, former);
    removed := removed + of_created.removed;
    SELECT conflicts || coalesce(jsonb_agg(k || jsonb_build_object('seq', e.seq)), '[]') INTO conflicts
    FROM jsonb_array_elements(of_created.conflicts) AS k
    JOIN unnest(entries) AS e
      ON e.object = step.object AND e.operation = 'insert' AND e.record_id = (k ->> 'record_id')::uuid;
    IF staying IS NOT NULL THEN
      staying := staying || ARRAY (SELECT (k ->> 'record_id')::uuid FROM jsonb_array_elements(of_created.conflicts) AS k);
    END IF;
  END LOOP;

  SELECT conflicts || coalesce(jsonb_agg(
    jsonb_build_object('seq', e.seq, 'object', e.object, 'record_id', e.record_id, 'reason', 'purged')), '[]')
  INTO conflicts
  FROM unnest(entries) AS e WHERE e.operation = 'purge';
  RETURN NEXT;
END
$$;

-- Undoes up to `slice` entries of a change set, the latest first. The transaction's own change set (satchel.change_set_id)
-- becomes the undo, which can be undone in turn: name the same one for every slice.
--
--   a created record goes to the trash, unless somebody else's edit has come since (reason `edited`)
--   a changed field gets its former value back, unless it has another value by now (`changed`); a custom field is a field of
--   its own, and the others are left as they are
--   a link comes and goes; one to an activity is put where the activity is by now
--   a record that is not there or not to be seen any more is left alone (`gone`), and so is one purged (`purged`)
--
-- What was left alone is kept in undo_conflicts. Returns how many entries were looked at, how many rows were changed, how many
-- conflicts were met, and the seq to go on before: null when all is done, and the change set is then marked as undone.
CREATE FUNCTION satchel.undo_slice(target uuid, before_seq bigint DEFAULT NULL, slice integer DEFAULT 200)
RETURNS TABLE (examined integer, undone integer, conflicts integer, next_seq bigint)
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
  workspace constant uuid := satchel.current_workspace();
  undo_set uuid;
  victim change_sets%ROWTYPE;
  taken record;
BEGIN
  SELECT * INTO victim FROM change_sets AS c WHERE c.workspace_id = workspace AND c.id = target;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no such change' USING ERRCODE = 'no_data_found';
  ELSIF victim.undone_by IS NOT NULL THEN
    RAISE EXCEPTION 'This change has been undone already' USING ERRCODE = 'object_not_in_prerequisite_state';
  ELSIF victim.user_id IS DISTINCT FROM satchel.user_id() AND NOT satchel.can('history:undo') THEN
    RAISE EXCEPTION 'Your role does not allow undoing the changes of others' USING ERRCODE = 'insufficient_privilege';
  END IF;
  undo_set := satchel.change_set(workspace);
  UPDATE change_sets AS c SET undoes = target, label = coalesce(c.label, '{"template": "Undid a change", "values": []}')
  WHERE c.workspace_id = workspace AND c.id = undo_set AND c.undoes IS NULL;

  SELECT * INTO taken FROM satchel.take_back(target, before_seq, slice);
  examined := taken.examined;
  undone := taken.links + cardinality(taken.restored) + taken.removed;
  conflicts := jsonb_array_length(taken.conflicts);
  next_seq := taken.next_seq;
  IF conflicts > 0 THEN
    PERFORM satchel.keep_undo_conflicts(target, taken.conflicts);
  END IF;
  IF next_seq IS NULL THEN
    UPDATE change_sets AS c SET undone_by = undo_set WHERE c.workspace_id = workspace AND c.id = target;
    -- Undoing an undo makes the first change stand again.
    UPDATE change_sets AS c SET undone_by = NULL WHERE c.workspace_id = workspace AND c.id = victim.undoes;
  END IF;
  RETURN NEXT;
END
$$;

GRANT EXECUTE ON FUNCTION satchel.undo_slice(uuid, bigint, integer), satchel.keep_undo_conflicts(uuid, jsonb),
  satchel.change_set(uuid), satchel.undo_links(text, field_history[]),
  satchel.changes_by_import(text, field_history[], uuid), satchel.undo_fields(text, field_history[], boolean),
  satchel.has_column(text, text), satchel.created_query(text, boolean, boolean), satchel.removal_statement(text, boolean),
  satchel.undo_created(text, uuid[], uuid, uuid, boolean, uuid[], uuid[]),
  satchel.take_back(uuid, bigint, integer, uuid, boolean, uuid[], uuid[])
TO satchel_app;

RESET ROLE;
