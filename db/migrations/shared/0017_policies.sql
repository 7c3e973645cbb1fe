-- Row-level security: enabled and forced on every table, for every command, with USING and WITH CHECK.
--
-- Records with an owner are reached by scope. What hangs on records (activities, notes, tasks, documents, quotes, links) is
-- reached by its own person's scope, or because a record it belongs to is visible: a look-up by primary key in
-- that record's table, under that table's own policy. Junctions ask their record and never the activity, so that
-- the policies do not run in a circle.
SET LOCAL ROLE satchel_owner;

-- The same four policies for each table that follows a pattern. `reads` and `writes` are conditions in SQL.
CREATE FUNCTION satchel.protect(target regclass, read_if text, create_if text, update_if text, delete_if text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
DECLARE
  tenant constant text := 'workspace_id = (SELECT satchel.current_workspace())';
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', target);
  -- Definer functions and migrations act as the owner; a definer function stays inside the caller's workspace.
  EXECUTE format(
    'CREATE POLICY owner_acts ON %s TO satchel_owner
       USING ((SELECT satchel.workspace_id()) IS NULL OR workspace_id = (SELECT satchel.workspace_id()))
       WITH CHECK ((SELECT satchel.workspace_id()) IS NULL OR workspace_id = (SELECT satchel.workspace_id()))', target);
  EXECUTE format('CREATE POLICY reads ON %s FOR SELECT TO satchel_app USING (%s AND (%s))', target, tenant, read_if);
  EXECUTE format('CREATE POLICY creates ON %s FOR INSERT TO satchel_app WITH CHECK (%s AND (%s))',
    target, tenant, create_if);
  EXECUTE format('CREATE POLICY updates ON %s FOR UPDATE TO satchel_app USING (%2$s AND (%3$s)) WITH CHECK (%2$s AND (%3$s))',
    target, tenant, update_if);
  EXECUTE format('CREATE POLICY deletes ON %s FOR DELETE TO satchel_app USING (%s AND (%s))', target, tenant, delete_if);
END
$$;

-- The condition that a permission reaches a row by one of its person columns.
CREATE FUNCTION satchel.reach_condition(permission text, VARIADIC person_columns text[]) RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public
AS $$
  SELECT format('(SELECT satchel.reaches_all(%L))', permission)
    || string_agg(format(' OR %I = ANY ((SELECT satchel.reached_owners(%L))::uuid[])', c, permission), '')
  FROM unnest(person_columns) AS c
$$;

-- The condition that one of the records a row points to is visible to the caller.
CREATE FUNCTION satchel.parent_condition(target text, VARIADIC parents text[]) RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public
AS $$
  SELECT string_agg(
    format('EXISTS (SELECT FROM public.%1$I AS parent WHERE parent.workspace_id = %2$I.workspace_id AND parent.id = %2$I.%3$I)',
      split_part(p, '.', 1), target, split_part(p, '.', 2)), ' OR ')
  FROM unnest(parents) AS p
$$;

-- Writes the two functions that say whether the caller sees a record, from the catalogue. Run when it has changed.
--
-- sees_record: for tables that tell of records of every kind. A function, because as a condition of the policy each kind would
-- be planned into every statement, with its own policies, at tens of milliseconds; here the one look-up that is asked for
-- runs, from a plan that is kept. Branches and not one CASE, which would plan all its look-ups when it is first asked. The
-- caller's rights: the look-up is under their policies.
-- sees_linked_record: whether an activity is linked to a record that the caller sees. A function for the same reason.
CREATE FUNCTION satchel.generate_sight() RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $generate$
DECLARE
  branches text;
  links text;
BEGIN
  SELECT string_agg(format(
    E'  ELSIF object = %L THEN\n    RETURN EXISTS (SELECT FROM %I AS r WHERE r.workspace_id = satchel.workspace_id() AND r.id = record);\n',
    k.name, k.looked_up), '' ORDER BY k.name)
  INTO branches
  FROM (
    SELECT name, name AS looked_up FROM satchel.objects
    UNION ALL SELECT name, CASE WHEN is_link THEN parent ELSE name END FROM satchel.object_children WHERE parent IS NOT NULL
    UNION ALL VALUES ('saved_views', 'saved_views')
  ) AS k;
  SELECT string_agg(format(
    'EXISTS (SELECT FROM %I AS l WHERE l.workspace_id = satchel.workspace_id() AND l.%I = activity)', c.name, c.parent_column),
    E'\n    OR ' ORDER BY c.name)
  INTO links
  FROM satchel.object_children AS c JOIN satchel.objects AS o ON o.name = c.parent AND o.access = 'linked'
  WHERE c.is_link;
  EXECUTE format($function$
CREATE OR REPLACE FUNCTION satchel.sees_record(object text, record uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public
AS $body$
BEGIN
  IF object = 'tags' THEN
    RETURN true;
%s  ELSE
    RETURN false;
  END IF;
END
$body$
  $function$, branches);
  EXECUTE format($function$
CREATE OR REPLACE FUNCTION satchel.sees_linked_record(activity uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public
AS $body$
BEGIN
  RETURN %s;
END
$body$
  $function$, coalesce(links, 'false'));
END
$generate$;
SELECT satchel.generate_sight();

-- Whether a change set did something to a record that the caller sees. A function for the same reason.
CREATE FUNCTION satchel.sees_change_of(change_set uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public
AS $$
BEGIN
  RETURN EXISTS (SELECT FROM field_history AS h WHERE h.workspace_id = satchel.workspace_id() AND h.change_set_id = change_set);
END
$$;

GRANT EXECUTE ON FUNCTION
  satchel.sees_record(text, uuid), satchel.sees_linked_record(uuid), satchel.sees_change_of(uuid)
TO satchel_app;

-- Whether the caller may change a quote, for its lines: a function, since as a condition it would be three policies deep.
CREATE FUNCTION satchel.changes_quote(quote uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public
AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM quotes AS q
    JOIN opportunities AS o ON o.workspace_id = q.workspace_id AND o.id = q.opportunity_id
    WHERE q.workspace_id = satchel.workspace_id() AND q.id = quote AND (
      satchel.reaches_all('quote:update')
      OR q.owner_id = ANY (satchel.reached_owners('quote:update'))
      OR o.owner_id = ANY (satchel.reached_owners('quote:update')))
  );
END
$$;
GRANT EXECUTE ON FUNCTION satchel.changes_quote(uuid) TO satchel_app;

SELECT satchel.protect(
  'opportunity_stage_history',
  '(SELECT satchel.reaches_all(''opportunity:read'')) OR '
    || satchel.parent_condition('opportunity_stage_history', 'opportunities.opportunity_id'),
  'false', 'false', 'false'
);

-- Shared by the whole workspace: everybody reads, the permission decides who writes.
SELECT satchel.protect(
  t.name::regclass,
  'true',
  format('(SELECT satchel.can(%L))', t.object || ':create'),
  format('(SELECT satchel.can(%L))', t.object || ':update'),
  format('(SELECT satchel.can(%L))', t.object || ':delete')
)
FROM (VALUES
  ('users', 'user'), ('teams', 'team'), ('roles', 'role'), ('custom_field_definitions', 'custom_field'), ('tags', 'tag')
) AS t (name, object);

SELECT satchel.protect(
  t.name::regclass, 'true',
  format('(SELECT satchel.can(%L))', t.permission),
  format('(SELECT satchel.can(%L))', t.permission),
  format('(SELECT satchel.can(%L))', t.permission)
)
FROM (VALUES
  ('permissions', 'role:update'), ('role_permissions', 'role:update'), ('user_roles', 'role:update'),
  ('stage_settings', 'workspace:update'), ('embedding_spaces', 'note:create'), ('attachments', 'document:create')
) AS t (name, permission);

-- Of the workspace, or one's own.
SELECT satchel.protect(
  'settings',
  'user_id IS NULL OR user_id = (SELECT satchel.user_id())',
  'user_id = (SELECT satchel.user_id()) OR (user_id IS NULL AND (SELECT satchel.can(''workspace:update'')))',
  'user_id = (SELECT satchel.user_id()) OR (user_id IS NULL AND (SELECT satchel.can(''workspace:update'')))',
  'user_id = (SELECT satchel.user_id()) OR (user_id IS NULL AND (SELECT satchel.can(''workspace:update'')))'
);
SELECT satchel.protect(
  'saved_views',
  'is_shared OR owner_id = (SELECT satchel.user_id())',
  'owner_id = (SELECT satchel.user_id())',
  'owner_id = (SELECT satchel.user_id()) OR (is_shared AND (SELECT satchel.reaches_all(''saved_view:update'')))',
  'owner_id = (SELECT satchel.user_id()) OR (is_shared AND (SELECT satchel.reaches_all(''saved_view:delete'')))'
);

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
-- The objects of which the caller reads every record, so that their history is read without looking at each. What is in the
-- history but is open to everybody, such as people, is told of to those who may change it.
CREATE FUNCTION satchel.objects_read_in_full() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
BEGIN
  -- One look at the caller's permissions for all objects.
  RETURN ARRAY(
    WITH held AS (
      SELECT p.permission_name AS permission, max(rp.scope) AS scope
      FROM permissions AS p
      JOIN role_permissions AS rp ON rp.workspace_id = p.workspace_id AND rp.permission_id = p.id
      JOIN user_roles AS ur ON ur.workspace_id = rp.workspace_id AND ur.role_id = rp.role_id
      WHERE p.workspace_id = satchel.current_workspace() AND ur.user_id = satchel.user_id()
      GROUP BY p.permission_name
    ), in_full AS (
      SELECT o.name FROM satchel.objects AS o JOIN held ON held.permission = o.singular || ':read'
      WHERE o.access = 'shared' OR held.scope = 'all'
    )
    SELECT name FROM in_full
    UNION ALL
    SELECT c.name FROM satchel.object_children AS c
    WHERE c.parent IN (SELECT name FROM in_full)
      OR (c.parent IS NULL AND (SELECT count(*) FROM in_full) = (SELECT count(*) FROM satchel.objects))
    UNION ALL
    SELECT r.name
    FROM (VALUES ('users', 'user:update'), ('teams', 'team:update'), ('custom_field_definitions', 'custom_field:update'))
      AS r (name, permission)
    JOIN held ON held.permission = r.permission AND held.scope = 'all'
  );
END
$$;
GRANT EXECUTE ON FUNCTION satchel.objects_read_in_full() TO satchel_app;

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

SELECT satchel.protect(
  'record_tags', 'satchel.sees_record(object, record_id)',
  t.tags, t.tags, t.tags
)
FROM (VALUES ('(SELECT satchel.can(''tag:read'')) AND satchel.sees_record(object, record_id)')) AS t (tags);

-- Derived from records: seen by those who see the record.
SELECT satchel.protect(t.name::regclass, t.visible, t.visible, t.visible, t.visible)
FROM (
  SELECT name, format('satchel.sees_record(object, %I)', record) AS visible
  FROM (VALUES
    ('passages', 'record_id'), ('summaries', 'record_id'), ('embedding_queue', 'record_id'),
    ('duplicate_candidates', 'record_a'), ('merges', 'kept_id')
  ) AS d (name, record)
) AS t;
-- Both of a pair must be visible, or the one would tell of the other.
CREATE POLICY both_visible ON duplicate_candidates AS RESTRICTIVE TO satchel_app
  USING (satchel.sees_record(object, record_b));

-- This machine's own book-keeping of sync.
SELECT satchel.protect(name::regclass, 'true', 'true', 'true', 'true')
FROM unnest(ARRAY['sync_state', 'sync_outbox', 'sync_parked', 'sync_conflicts', 'sync_quarantine']) AS name;

ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_acts ON workspaces TO satchel_owner
  USING ((SELECT satchel.workspace_id()) IS NULL OR id = (SELECT satchel.workspace_id()))
  WITH CHECK ((SELECT satchel.workspace_id()) IS NULL OR id = (SELECT satchel.workspace_id()));
CREATE POLICY reads ON workspaces FOR SELECT TO satchel_app USING (id = (SELECT satchel.current_workspace()));
CREATE POLICY creates ON workspaces FOR INSERT TO satchel_app WITH CHECK (false);
CREATE POLICY updates ON workspaces FOR UPDATE TO satchel_app
  USING (id = (SELECT satchel.current_workspace()) AND (SELECT satchel.can('workspace:update')))
  WITH CHECK (id = (SELECT satchel.current_workspace()) AND (SELECT satchel.can('workspace:update')));
CREATE POLICY deletes ON workspaces FOR DELETE TO satchel_app USING (false);

-- A partition is reached through its parent only.
ALTER TABLE activities_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY owner_acts ON activities_default TO satchel_owner USING (true) WITH CHECK (true);

-- Hands records over. A policy cannot do it: the changed row would have to be one the giver still reaches. The caller
-- must hold record:transfer and reach each record for update; the new owner must be active. Returns the number of
-- records handed over; ids that the caller does not reach are passed over.
CREATE FUNCTION satchel.transfer_ownership(target text, ids uuid[], new_owner uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
DECLARE
  permission text;
  owner_column text;
  workspace uuid := satchel.current_workspace();
  moved integer;
BEGIN
  SELECT o.singular || ':update', o.people[1] INTO permission, owner_column
  FROM satchel.objects AS o WHERE o.name = target AND o.access = 'owned';
  IF permission IS NULL THEN
    RAISE EXCEPTION '% have no owner to change', target USING ERRCODE = 'invalid_parameter_value';
  END IF;
  IF NOT satchel.can('record:transfer') THEN
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
