-- Taking a change set back, in slices, as the caller and under the caller's policies.
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

-- Undoes up to `slice` entries of a change set, the latest first. The transaction's own change set (satchel.change_set_id)
-- becomes the undo, which can be undone in turn: name the same one for every slice.
--
--   a created record goes to the trash, unless somebody else's edit has come since (reason `edited`)
--   a changed field gets its former value back, unless it has been changed again since (`changed`); a custom field is a
--   field of its own, and the others are left as they are
--   a link comes and goes; one to an activity is put where the activity is by now
--   a record that is not there or not to be seen any more is left alone (`gone`), and so is one purged (`purged`)
--
-- What was left alone is kept in undo_conflicts. Returns how many entries were looked at, how many rows were changed, how many
-- conflicts were met, and the seq to go on before: null when all is done, and the change set is then marked as undone.
CREATE FUNCTION satchel.undo_slice(target uuid, before_seq bigint DEFAULT NULL, slice integer DEFAULT 200)
RETURNS TABLE (examined integer, undone integer, conflicts integer, next_seq bigint)
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC'
AS $$
#variable_conflict use_variable
DECLARE
  workspace constant uuid := satchel.current_workspace();
  undo_set uuid;
  victim change_sets%ROWTYPE;
  entries field_history[];
  object_name text;
  found_conflicts jsonb;
  changed integer;
  is_link boolean;
  is_activity_link boolean;
  has_custom boolean;
  same_key text;
  assignments text;
  comparisons text;
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

  SELECT array_agg(h), count(*)::integer, min(h.seq) INTO entries, examined, next_seq
  FROM (
    SELECT * FROM field_history AS f
    WHERE f.workspace_id = workspace AND f.change_set_id = target AND (before_seq IS NULL OR f.seq < before_seq)
    ORDER BY f.seq DESC
    LIMIT slice
  ) AS h;
  undone := 0;
  conflicts := 0;

  FOR object_name IN
    SELECT e.object FROM unnest(entries) AS e GROUP BY e.object ORDER BY max(e.seq) DESC
  LOOP
    -- The name comes from the history, which triggers alone write.
    SELECT coalesce(bool_or(c.is_link), false), coalesce(bool_or(c.is_link AND c.parent = 'activities'), false)
    INTO is_link, is_activity_link
    FROM satchel.object_children AS c WHERE c.name = object_name;
    found_conflicts := '[]';
    IF is_link THEN
      SELECT string_agg(format('r.%1$I = v.%1$I', a.attname), ' AND ') INTO same_key
      FROM pg_index AS i JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = ('public.' || quote_ident(object_name))::regclass AND i.indisprimary
        AND a.attname <> 'workspace_id';
      EXECUTE format(
        'DELETE FROM public.%1$I AS r USING unnest($1) AS e,
           LATERAL jsonb_populate_record(NULL::public.%1$I, e.new_value) AS v
         WHERE e.object = $2 AND e.operation = ''insert'' AND r.workspace_id = $3 AND %2$s', object_name, same_key)
      USING entries, object_name, workspace;
      GET DIAGNOSTICS changed = ROW_COUNT;
      undone := undone + changed;
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
        CASE WHEN is_activity_link THEN
          'LEFT JOIN public.activities AS a ON a.workspace_id = $3 AND a.id = e.record_id' ELSE '' END,
        CASE WHEN is_activity_link THEN 'a.occurred_at' ELSE 'NULL::timestamptz' END,
        CASE WHEN is_activity_link THEN 'a.id IS NULL' ELSE 'false' END)
      INTO changed, found_conflicts
      USING entries, object_name, workspace;
      undone := undone + changed;
      IF jsonb_array_length(found_conflicts) > 0 THEN
        PERFORM satchel.keep_undo_conflicts(target, found_conflicts);
        conflicts := conflicts + jsonb_array_length(found_conflicts);
      END IF;
      CONTINUE;
    END IF;

    -- Fields, the record's own trash mark among them. Custom fields are judged and set one by one in their document.
    SELECT
      string_agg(format('%1$I = CASE WHEN p.patch ? %1$L THEN v.%1$I ELSE r.%1$I END', f.field), ', ')
        FILTER (WHERE NOT f.is_custom),
      string_agg(format('WHEN %1$L THEN r.%2$I IS DISTINCT FROM
        (jsonb_populate_record(NULL::public.%3$I, jsonb_build_object(%1$L, f.expected))).%2$I', f.field, f.field, object_name), ' ')
        FILTER (WHERE NOT f.is_custom),
      bool_or(f.is_custom)
    INTO assignments, comparisons, has_custom
    FROM (
      SELECT DISTINCT e.field, e.field LIKE 'custom\_fields.%' AS is_custom
      FROM unnest(entries) AS e WHERE e.object = object_name AND e.field IS NOT NULL
    ) AS f;
    IF has_custom THEN
      assignments := concat_ws(', ', assignments, 'custom_fields = (r.custom_fields - p.custom_gone) || p.custom_patch');
      comparisons := concat_ws(' ', comparisons,
        'WHEN f.field THEN r.custom_fields -> split_part(f.field, ''.'', 2) IS DISTINCT FROM f.expected');
    END IF;
    IF assignments IS NOT NULL THEN
      EXECUTE format(
        'WITH folded AS (
           SELECT e.record_id, e.field, max(e.seq) AS seq, e.field LIKE ''custom\_fields.%%'' AS is_custom,
             (array_agg(e.new_value ORDER BY e.seq DESC))[1] AS expected, (array_agg(e.old_value ORDER BY e.seq))[1] AS wanted
           FROM unnest($1) AS e WHERE e.object = $2 AND e.field IS NOT NULL
           GROUP BY e.record_id, e.field
         ), judged AS (
           SELECT f.*, r.id IS NULL AS gone, CASE f.field %3$s END AS changed,
             CASE WHEN f.is_custom THEN to_jsonb(r) -> ''custom_fields'' -> split_part(f.field, ''.'', 2)
               ELSE to_jsonb(r) -> f.field END AS current_value
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
         ), written AS (
           UPDATE public.%1$I AS r SET %2$s
           FROM patches AS p, LATERAL jsonb_populate_record(NULL::public.%1$I, p.patch) AS v
           WHERE r.workspace_id = $3 AND r.id = p.record_id
           RETURNING r.id
         )
         SELECT (SELECT count(*) FROM written), (
           SELECT jsonb_agg(jsonb_build_object(''seq'', seq, ''object'', $2, ''record_id'', record_id, ''field'', field,
             ''reason'', CASE WHEN gone THEN ''gone'' ELSE ''changed'' END, ''current_value'', current_value))
           FROM judged WHERE gone OR changed
         )', object_name, assignments, comparisons)
      INTO changed, found_conflicts
      USING entries, object_name, workspace;
      undone := undone + changed;
      found_conflicts := coalesce(found_conflicts, '[]');
    END IF;

    -- Records that were created.
    IF EXISTS (SELECT FROM unnest(entries) AS e WHERE e.object = object_name AND e.operation = 'insert') THEN
      DECLARE
        created_conflicts jsonb;
      BEGIN
        EXECUTE format(
          'WITH created AS (
             SELECT e.record_id, e.seq, EXISTS (
               SELECT FROM field_history AS h
               JOIN change_sets AS c ON c.workspace_id = h.workspace_id AND c.id = h.change_set_id
               WHERE h.workspace_id = $3 AND h.record_id = e.record_id AND h.seq > e.seq AND h.change_set_id <> $4
                 AND h.operation = ''update'' AND c.undoes IS NULL AND c.undone_by IS NULL
                 AND (c.import_batch_id IS NULL OR c.import_batch_id IS DISTINCT FROM $5)
             ) AS edited
             FROM unnest($1) AS e WHERE e.object = $2 AND e.operation = ''insert''
           ), written AS (
             UPDATE public.%1$I AS r SET deleted_at = now() FROM created AS c
             WHERE r.workspace_id = $3 AND r.id = c.record_id AND r.deleted_at IS NULL AND NOT c.edited
             RETURNING r.id
           )
           SELECT (SELECT count(*) FROM written), (
             SELECT jsonb_agg(jsonb_build_object(''seq'', seq, ''object'', $2, ''record_id'', record_id, ''reason'', ''edited''))
             FROM created WHERE edited
           )', object_name)
        INTO changed, created_conflicts
        USING entries, object_name, workspace, target, victim.import_batch_id;
        undone := undone + changed;
        found_conflicts := found_conflicts || coalesce(created_conflicts, '[]');
      END;
    END IF;

    SELECT found_conflicts || coalesce(jsonb_agg(
      jsonb_build_object('seq', e.seq, 'object', object_name, 'record_id', e.record_id, 'reason', 'purged')), '[]')
    INTO found_conflicts
    FROM unnest(entries) AS e WHERE e.object = object_name AND e.operation = 'purge';

    IF jsonb_array_length(found_conflicts) > 0 THEN
      PERFORM satchel.keep_undo_conflicts(target, found_conflicts);
      conflicts := conflicts + jsonb_array_length(found_conflicts);
    END IF;
  END LOOP;

  IF coalesce(examined, 0) < slice THEN
    next_seq := NULL;
    UPDATE change_sets AS c SET undone_by = undo_set WHERE c.workspace_id = workspace AND c.id = target;
    -- Undoing an undo makes the first change stand again.
    UPDATE change_sets AS c SET undone_by = NULL WHERE c.workspace_id = workspace AND c.id = victim.undoes;
  END IF;
  RETURN NEXT;
END
$$;

GRANT EXECUTE ON FUNCTION satchel.undo_slice(uuid, bigint, integer), satchel.keep_undo_conflicts(uuid, jsonb),
  satchel.change_set(uuid)
TO satchel_app;

RESET ROLE;
