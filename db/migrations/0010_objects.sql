-- What every object has: permissions and the roles that hold them, the trash, indexes of its lists, and the one call that
-- gives a table all of it. What stands here is true of all objects; what only one has stands with its table.
SET LOCAL ROLE satchel_owner;

-- The same id on every machine for the same name, so that nothing seeded twice can differ.
CREATE FUNCTION satchel.seeded_id(workspace uuid, name text) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT md5(workspace::text || ':' || name)::uuid $$;

-- The actions on each object. Records that belong to people know the scopes own, team and all; for the rest a granted
-- permission counts whatever its scope. To edit is called `update`, as the command of the policies that ask for it.
CREATE FUNCTION satchel.permission_list() RETURNS TABLE (object text, action text, description text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT o.object, a.action, initcap(a.action) || ' ' || replace(o.plural, '_', ' ')
  FROM (
    SELECT singular, name FROM satchel.objects
    UNION ALL VALUES ('user', 'users'), ('team', 'teams'), ('role', 'roles'), ('custom_field', 'custom_fields'),
      ('saved_view', 'saved_views'), ('tag', 'tags')
  ) AS o (object, plural)
  CROSS JOIN (VALUES ('create'), ('read'), ('update'), ('delete')) AS a (action)
  UNION ALL
  SELECT o.singular, a.action, format(a.description, replace(o.name, '_', ' '))
  FROM satchel.objects AS o
  CROSS JOIN (VALUES
    ('export', 'Export %s'), ('reassign', 'Hand %s over to somebody else'), ('merge', 'Merge duplicates of %s')
  ) AS a (action, description)
  -- What belongs to nobody is not handed over.
  WHERE a.action <> 'reassign' OR o.people <> '{}'
  UNION ALL VALUES
    ('workspace', 'update', 'Change the settings of the workspace'),
    ('import', 'run', 'Import files and revert imports'),
    ('report', 'read', 'See dashboards'),
    ('history', 'undo', 'Undo changes of other people'),
    ('record', 'purge', 'Delete for good'),
    ('pii', 'read', 'Read encrypted personal numbers')
$$;

-- Gives a workspace the permissions that it lacks, and the seeded roles what they hold of these. What the workspace has is
-- left alone: what an administrator took from a role is not given back.
CREATE FUNCTION satchel.seed_permissions(workspace uuid) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp
AS $$
  WITH made AS (
    INSERT INTO permissions (workspace_id, id, object, action, description)
    SELECT workspace, satchel.seeded_id(workspace, 'permission:' || p.object || ':' || p.action), p.object, p.action,
      p.description
    FROM satchel.permission_list() AS p
    ON CONFLICT DO NOTHING
    RETURNING id, object, action
  )
  INSERT INTO role_permissions (workspace_id, role_id, permission_id, scope)
  SELECT workspace, r.id, p.id, g.scope
  FROM made AS p
  LEFT JOIN satchel.objects AS o ON o.singular = p.object
  CROSS JOIN LATERAL (
    SELECT 'Administrator' AS role, 'all'::permission_scope AS scope
    UNION ALL
    SELECT 'Sales Manager',
      CASE WHEN p.action IN ('create', 'update', 'delete', 'reassign', 'merge') THEN 'team' ELSE 'all' END::permission_scope
    WHERE p.object NOT IN ('user', 'team', 'role', 'custom_field', 'workspace', 'pii')
      OR (p.object IN ('user', 'team', 'role', 'custom_field') AND p.action = 'read')
    UNION ALL
    SELECT 'Sales Representative', CASE
        WHEN o.access = 'shared' OR p.object IN ('user', 'team', 'role', 'custom_field', 'tag') THEN 'all' ELSE 'own'
      END::permission_scope
    WHERE o.access <> 'shared' OR p.object IN ('saved_view', 'tag', 'import')
      OR (o.access = 'shared' AND p.action IN ('read', 'export'))
      OR (p.object IN ('user', 'team', 'role', 'custom_field', 'report') AND p.action = 'read')
  ) AS g
  JOIN roles AS r ON r.workspace_id = workspace AND r.id = satchel.seeded_id(workspace, 'role:' || g.role)
  ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION satchel.seed_roles(workspace uuid) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  INSERT INTO roles (workspace_id, id, role_name, description, is_system)
  SELECT workspace, satchel.seeded_id(workspace, 'role:' || r.name), r.name, r.description, true
  FROM (VALUES
    ('Administrator', 'Everything, including people, roles and settings.'),
    ('Sales Manager', 'Sees all records, changes those of the team.'),
    ('Sales Representative', 'Sees and changes their own records.')
  ) AS r (name, description)
  ON CONFLICT DO NOTHING;

  PERFORM satchel.seed_permissions(workspace);
END
$$;

GRANT EXECUTE ON FUNCTION satchel.seeded_id(uuid, text), satchel.permission_list() TO satchel_app;

-- What is deleted for good must lie in the trash, also where it goes along with something else: an account is not purged
-- while deals hang on it that nobody threw away. What is only about a record goes along with it from wherever it lies.
-- Reverting an import removes what it made and nobody touched since without that detour: writing 100,000 rows into the
-- trash first would cost as much as importing them.
CREATE FUNCTION satchel.install_trash_rule(target text, about text[]) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $function$
DECLARE
  still_there text;
BEGIN
  SELECT string_agg(format(
    E'\n    AND (o.%2$I IS NULL OR EXISTS (SELECT FROM %1$I AS p WHERE p.workspace_id = o.workspace_id AND p.id = o.%2$I))',
    split_part(a, '.', 1), split_part(a, '.', 2)), '')
  INTO still_there
  FROM unnest(about) AS a;
  PERFORM satchel.install_statement_trigger(target::regclass, 'only_from_trash', 'DELETE', format($$
  SELECT o.id INTO live FROM old_rows AS o
  WHERE o.deleted_at IS NULL AND EXISTS (SELECT FROM workspaces AS w WHERE w.id = o.workspace_id)
    AND NOT EXISTS (
      SELECT FROM import_batches AS b
      WHERE b.workspace_id = o.workspace_id AND b.status = 'reverting' AND b.id = o.import_batch_id
    )%s
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Only what is in the trash can be deleted for good; move it there first (%%: %%)', TG_TABLE_NAME, live
      USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
  END IF;
$$, coalesce(still_there, '')), '  live uuid;');
END
$function$;

-- What is kept of a record of any kind has no foreign key to it, so it goes with it by this: tags, passages of its text,
-- its summary, its turn to be embedded, and the pairs it was suspected to be a duplicate in.
CREATE FUNCTION satchel.install_forgetting(target text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $function$
BEGIN
  PERFORM satchel.install_statement_trigger(target::regclass, 'forget_derived', 'DELETE', format($$
  FOR workspace, ids IN SELECT o.workspace_id, array_agg(o.id) FROM old_rows AS o GROUP BY o.workspace_id LOOP
    DELETE FROM record_tags WHERE workspace_id = workspace AND record_id = ANY (ids);
    DELETE FROM passages WHERE workspace_id = workspace AND record_id = ANY (ids);
    DELETE FROM summaries WHERE workspace_id = workspace AND object = %1$L AND record_id = ANY (ids);
    DELETE FROM embedding_queue WHERE workspace_id = workspace AND object = %1$L AND record_id = ANY (ids);
    DELETE FROM duplicate_candidates WHERE workspace_id = workspace AND object = %1$L AND record_a = ANY (ids);
    DELETE FROM duplicate_candidates WHERE workspace_id = workspace AND record_b = ANY (ids);
  END LOOP;
$$, target), E'  workspace uuid;\n  ids uuid[];');
END
$function$;

-- What a table lacks to be an object: every list, search, import, undo and synchronisation relies on these columns.
CREATE FUNCTION satchel.check_object_shape(target regclass, is_listed boolean, named_columns text[]) RETURNS text[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT coalesce(array_agg(trim(r.name || ' ' || coalesce(r.type, '')) ORDER BY r.position), '{}')
  FROM (
    SELECT c.name, c.type, c.position FROM (VALUES
      ('workspace_id', 'uuid', 1, true), ('id', 'uuid', 2, true), ('name_key', 'text', 3, is_listed),
      ('search_text', 'text', 4, is_listed), ('custom_fields', 'jsonb', 5, true), ('import_batch_id', 'uuid', 6, true),
      ('created_at', 'timestamp with time zone', 7, true), ('updated_at', 'timestamp with time zone', 8, true),
      ('created_by', 'uuid', 9, true), ('deleted_at', 'timestamp with time zone', 10, true), ('_stamp', 'text', 11, true),
      ('_stamps', 'jsonb', 12, true), ('_tombstone', 'boolean', 13, true), ('_seq', 'bigint', 14, true)
    ) AS c (name, type, position, is_needed)
    WHERE c.is_needed
    UNION ALL
    SELECT n.name, NULL, 20 FROM unnest(named_columns) AS n (name)
  ) AS r
  WHERE NOT EXISTS (
    SELECT FROM pg_attribute AS a
    WHERE a.attrelid = target AND a.attname = r.name AND NOT a.attisdropped
      AND (r.type IS NULL OR format_type(a.atttypid, NULL) = r.type)
  )
$$;

-- The indexes that every list of records needs: by name, by time, the trash, search and custom fields. A table may bring a wider
-- one of the same name. Records without custom fields stay out of their index, which would cost as much as two others.
CREATE FUNCTION satchel.install_list_indexes(object text, owner_column text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
SET client_min_messages = warning
AS $$
DECLARE
  included text := CASE WHEN owner_column IS NULL THEN '' ELSE format(' INCLUDE (%I)', owner_column) END;
  sorted text;
BEGIN
  FOREACH sorted IN ARRAY ARRAY['name_key', 'created_at', 'updated_at'] LOOP
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I (workspace_id, %I, id)%s WHERE deleted_at IS NULL',
      'idx_' || object || '_' || sorted, object, sorted, included);
  END LOOP;
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I (workspace_id, deleted_at DESC, id) WHERE deleted_at IS NOT NULL',
    'idx_' || object || '_trash', object);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I USING gin (search_text gin_trgm_ops)',
    'idx_' || object || '_search', object);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I USING gin (custom_fields jsonb_path_ops) WHERE custom_fields <> ''{}''',
    'idx_' || object || '_custom_fields_gin', object);
END
$$;

-- The condition under which the caller sees a record because of one that it is about.
CREATE FUNCTION satchel.visible_condition(o satchel.objects) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT CASE WHEN o.access = 'linked' THEN 'satchel.sees_linked_record(id)'
    ELSE satchel.parent_condition(o.name, VARIADIC o.about) END
$$;

-- The condition that a permission reaches the record a row belongs to, whose own access decides.
CREATE FUNCTION satchel.reached_parent_condition(permission text, child text, parent_column text, parent satchel.objects) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT CASE WHEN parent.access = 'shared' THEN format('(SELECT satchel.can(%L))', permission)
  ELSE format(
    'EXISTS (SELECT FROM public.%1$I AS parent WHERE parent.workspace_id = %2$I.workspace_id AND parent.id = %2$I.%3$I AND (%4$s))',
    parent.name, child, parent_column,
    format('(SELECT satchel.reaches_all(%L))', permission) || (
      SELECT string_agg(format(' OR parent.%I = ANY ((SELECT satchel.reached_owners(%L))::uuid[])', c, permission), '')
      FROM unnest(parent.people) AS c))
  END
$$;

CREATE FUNCTION satchel.protect_object(o satchel.objects, conditions jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  reads text := o.singular || ':read';
  creates text := o.singular || ':create';
  updates text := o.singular || ':update';
  deletes text := o.singular || ':delete';
  read_if text;
  create_if text;
  update_if text;
  delete_if text;
BEGIN
  CASE o.access
    -- Shared by the whole workspace: the permission alone decides.
    WHEN 'shared' THEN
      read_if := format('(SELECT satchel.can(%L))', reads);
      create_if := format('(SELECT satchel.can(%L))', creates);
      update_if := format('(SELECT satchel.can(%L))', updates);
      delete_if := format('(SELECT satchel.can(%L))', deletes);
    WHEN 'owned' THEN
      read_if := satchel.reach_condition(reads, VARIADIC o.people);
      create_if := satchel.reach_condition(creates, VARIADIC o.people);
      update_if := satchel.reach_condition(updates, VARIADIC o.people);
    -- What a person does, about records.
    ELSE
      read_if := satchel.reach_condition(reads, VARIADIC o.people) || ' OR ' || satchel.visible_condition(o);
      create_if := format('(SELECT satchel.can(%L)) AND (%s)', creates,
        satchel.reach_condition(creates, VARIADIC o.people) || ' OR ' || satchel.visible_condition(o));
      update_if := satchel.reach_condition(updates, VARIADIC o.people);
  END CASE;
  -- Deleting for good; deleting into the trash is an update.
  delete_if := coalesce(delete_if, format('(SELECT satchel.can(%L)) AND (%s)', 'record:purge',
    satchel.reach_condition(deletes, VARIADIC o.people)));
  PERFORM satchel.protect(o.name::regclass, coalesce(conditions ->> 'read', read_if),
    coalesce(conditions ->> 'create', create_if), coalesce(conditions ->> 'update', update_if),
    coalesce(conditions ->> 'delete', delete_if));
END
$$;

-- What every table of records and every child has: rights, stamps, history and, on a laptop, notification and capture.
CREATE FUNCTION satchel.install_tracking(target text, record text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO satchel_app', target);
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = target::regclass AND attname = 'updated_at' AND NOT attisdropped) THEN
    PERFORM satchel.install_touch(target::regclass);
  END IF;
  PERFORM satchel.install_history(target::regclass, record);
  PERFORM satchel.empty_references_to(f.confrelid::regclass)
  FROM pg_constraint AS f WHERE f.contype = 'f' AND f.conrelid = target::regclass AND f.confrelid <> 'workspaces'::regclass
  GROUP BY f.confrelid;
  -- The laptop's own migrations ask the catalogue for what was installed before them.
  IF to_regprocedure('satchel.install_on_laptop(text)') IS NOT NULL THEN
    EXECUTE format('SELECT satchel.install_on_laptop(%L)', target);
  END IF;
END
$$;

-- Makes a table an object of the product. `access` says how far its permissions reach: `owned` by the people in its columns
-- `people`; `about` records, each named as 'contacts.contact_id', through which it is seen too; `shared` by the workspace; or
-- `linked` to records by children, as activities are. `field_groups` names fields that travel together, `derived` columns
-- that the database writes. `conditions` replaces single conditions of its policies, by command.
CREATE FUNCTION satchel.install_object(
  object text, singular text, access text, people text[] DEFAULT '{}', about text[] DEFAULT '{}', field_groups jsonb DEFAULT '{}',
  derived text[] DEFAULT '{}', conditions jsonb DEFAULT '{}', is_synced boolean DEFAULT true
) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  o satchel.objects;
  lacking text[] := satchel.check_object_shape(object::regclass, access <> 'linked',
    people || ARRAY(SELECT split_part(a, '.', 2) FROM unnest(about) AS a));
BEGIN
  IF lacking <> '{}' THEN
    RAISE EXCEPTION 'The table % is no object yet: it lacks %', object, array_to_string(lacking, ', ')
      USING ERRCODE = 'undefined_column';
  END IF;
  INSERT INTO satchel.objects VALUES (object, singular, access, people, about, field_groups, derived, is_synced) RETURNING * INTO o;
  PERFORM satchel.protect_object(o, conditions);
  PERFORM satchel.install_tracking(object, 'id');
  PERFORM satchel.install_custom_field_check(object);
  PERFORM satchel.install_trash_rule(object, about);
  PERFORM satchel.install_forgetting(object);
  IF access <> 'linked' THEN
    PERFORM satchel.install_list_indexes(object, CASE access WHEN 'owned' THEN people[1] END);
  END IF;
  PERFORM satchel.generate_sight();
  PERFORM satchel.seed_permissions(w.id) FROM workspaces AS w;
END
$$;

-- Makes a table the child of an object: its rows belong to the record in `parent_column` and are told of in its history where
-- they are links, which have no id of their own. `seen_by` names the record through which a row is seen and announced, if
-- it is not the parent.
CREATE FUNCTION satchel.install_child(
  child text, parent text, parent_column text, is_link boolean DEFAULT false, seen_by text DEFAULT NULL,
  field_groups jsonb DEFAULT '{}', conditions jsonb DEFAULT '{}'
) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  c satchel.object_children;
  o satchel.objects;
  seen_through satchel.objects;
  read_if text;
  write_if text;
BEGIN
  INSERT INTO satchel.object_children
  VALUES (child, parent, parent_column, is_link, coalesce(seen_by, parent || '.' || parent_column), field_groups) RETURNING * INTO c;
  SELECT * INTO STRICT o FROM satchel.objects WHERE name = c.parent;
  SELECT * INTO STRICT seen_through FROM satchel.objects WHERE name = split_part(c.seen_by, '.', 1);
  read_if := satchel.parent_condition(c.name, c.seen_by);
  IF c.is_link THEN
    read_if := format('(SELECT satchel.reaches_all(%L)) OR ', seen_through.singular || ':read') || read_if;
  END IF;
  -- Whoever sees a record may link an activity to it; who takes part in an opportunity is its owner's to say.
  write_if := CASE WHEN o.access = 'linked' THEN
    format('(SELECT satchel.can(%L)) AND ', o.singular || ':create') || satchel.parent_condition(c.name, c.seen_by)
  ELSE satchel.reached_parent_condition(o.singular || ':update', c.name, c.parent_column, o) END;
  PERFORM satchel.protect(c.name::regclass, coalesce(conditions ->> 'read', read_if), coalesce(conditions ->> 'write', write_if),
    coalesce(conditions ->> 'write', write_if), coalesce(conditions ->> 'write', write_if));
  PERFORM satchel.install_tracking(c.name, CASE WHEN c.is_link THEN c.parent_column ELSE 'id' END);
  PERFORM satchel.generate_sight();
END
$$;

-- Deleting a record empties what may be left empty of the references to it: each foreign key of an optional column that says
-- nothing else. A rule of ours and not SET NULL, which a table that is distributed over machines cannot have. By its name
-- it comes before PostgreSQL's own check, which then finds nothing.
CREATE FUNCTION satchel.empty_references_to(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
SET client_min_messages = warning
AS $function$
DECLARE
  actions text;
  function_name text := 'empty_references_to_' || target::text;
BEGIN
  SELECT string_agg(format(E'  UPDATE public.%1$I SET %2$I = NULL WHERE workspace_id = OLD.workspace_id AND %2$I = OLD.id;\n',
    r.child, r.child_column), '' ORDER BY r.child, r.child_column)
  INTO actions
  FROM satchel.references_to(target::text) AS r WHERE r.on_delete = 'set null';
  IF actions IS NULL THEN
    RETURN;
  END IF;
  EXECUTE format($create$
CREATE OR REPLACE FUNCTION satchel.%1$I() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC'
AS $body$
BEGIN
%2$s  RETURN NULL;
END
$body$
  $create$, function_name, actions);
  EXECUTE format('CREATE OR REPLACE TRIGGER "A_empty_references" AFTER DELETE ON %s FOR EACH ROW EXECUTE FUNCTION satchel.%I()',
    target, function_name);
END
$function$;

-- Who refers to the rows of a table by its id, from the foreign keys there are. `is_written` tells tables that people write from
-- those that the database alone does, such as the history of stages.
CREATE FUNCTION satchel.references_to(target text)
RETURNS TABLE (child text, child_column text, on_delete text, has_trash boolean, is_written boolean)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT f.conrelid::regclass::text, c.attname::text,
    CASE WHEN f.confdeltype = 'c' THEN 'cascade' WHEN c.attnotnull THEN 'no action' ELSE 'set null' END,
    EXISTS (SELECT FROM pg_attribute AS d WHERE d.attrelid = f.conrelid AND d.attname = 'deleted_at' AND NOT d.attisdropped),
    has_table_privilege('satchel_app', f.conrelid, 'INSERT')
  FROM pg_constraint AS f
  CROSS JOIN LATERAL unnest(f.conkey, f.confkey) AS k (child, parent)
  JOIN pg_attribute AS c ON c.attrelid = f.conrelid AND c.attnum = k.child
  JOIN pg_attribute AS p ON p.attrelid = f.confrelid AND p.attnum = k.parent AND p.attname = 'id'
  WHERE f.contype = 'f' AND f.confrelid = target::regclass AND f.conparentid = 0
  ORDER BY 1, 2
$$;
GRANT EXECUTE ON FUNCTION satchel.references_to(text) TO satchel_app;

-- Hands records over. A policy cannot do it: the changed row would have to be one the giver still reaches. The caller
-- must hold the permission to reassign, which says how far it reaches; the new owner must be active. Returns the number of
-- records handed over; ids that the caller does not reach are passed over.
CREATE FUNCTION satchel.transfer_ownership(target text, ids uuid[], new_owner uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  permission text;
  owner_column text;
  workspace uuid := satchel.current_workspace();
  moved integer;
BEGIN
  SELECT o.singular || ':reassign', o.people[1] INTO permission, owner_column
  FROM satchel.objects AS o WHERE o.name = target AND o.people <> '{}';
  IF permission IS NULL THEN
    RAISE EXCEPTION '% have no owner to change', target USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF NOT satchel.can(permission) THEN
    RAISE EXCEPTION 'Your role does not allow handing records over' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT EXISTS (
    SELECT FROM users WHERE workspace_id = workspace AND id = new_owner AND is_active AND deleted_at IS NULL
  ) THEN
    RAISE EXCEPTION 'The new owner is not an active person of this workspace' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format(
    'UPDATE public.%1$I SET %2$I = $1
     WHERE workspace_id = $2 AND id = ANY ($3) AND %2$I IS DISTINCT FROM $1
       AND ($4 OR %2$I = ANY ($5))', target, owner_column)
  USING new_owner, workspace, ids, satchel.reaches_all(permission), satchel.reached_owners(permission);
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved;
END
$$;

GRANT EXECUTE ON FUNCTION satchel.transfer_ownership(text, uuid[], uuid) TO satchel_app;

RESET ROLE;
