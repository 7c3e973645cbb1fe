-- Row-level security: enabled and forced on every table, for every command, with USING and WITH CHECK.
--
-- Records with an owner are reached by scope. What hangs on records (activities, notes, tasks, documents, quotes, links) is
-- reached by its own person's scope, or because a record it belongs to is visible: a look-up by primary key in
-- that record's table, under that table's own policy. Junctions ask their record and never the activity, so that
-- the policies do not run in a circle.
--
-- A grant says what the role of requests may touch at all; row-level security decides which rows.
SET LOCAL ROLE satchel_owner;

-- The same four policies for each table that follows a pattern. `reads` and `writes` are conditions in SQL.
CREATE FUNCTION satchel.protect(target regclass, read_if text, create_if text, update_if text, delete_if text)
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  tenant constant text := 'workspace_id = (SELECT satchel.current_workspace())';
  -- On a server the workspace is looked up among the users, under this very policy.
  acting constant text := CASE target::text WHEN 'users' THEN 'satchel.chosen_workspace()' ELSE 'satchel.workspace_id()' END;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', target);
  -- Definer functions and migrations act as the owner; a definer function stays inside the caller's workspace.
  EXECUTE format(
    'CREATE POLICY owner_acts ON %1$s TO satchel_owner
       USING ((SELECT %2$s) IS NULL OR workspace_id = (SELECT %2$s))
       WITH CHECK ((SELECT %2$s) IS NULL OR workspace_id = (SELECT %2$s))', target, acting);
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
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT format('(SELECT satchel.reaches_all(%L))', permission)
    || string_agg(format(' OR %I = ANY ((SELECT satchel.reached_owners(%L))::uuid[])', c, permission), '')
  FROM unnest(person_columns) AS c
$$;

-- The condition that one of the records a row points to is visible to the caller.
CREATE FUNCTION satchel.parent_condition(target text, VARIADIC parents text[]) RETURNS text
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT string_agg(
    format('EXISTS (SELECT FROM public.%1$I AS parent WHERE parent.workspace_id = %2$I.workspace_id AND parent.id = %2$I.%3$I)',
      split_part(p, '.', 1), target, split_part(p, '.', 2)), ' OR ')
  FROM unnest(parents) AS p
$$;

-- Everybody reads, the permission of each command decides who writes.
CREATE FUNCTION satchel.protect_open(target regclass, object text) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT satchel.protect(target, 'true', format('(SELECT satchel.can(%L))', object || ':create'),
    format('(SELECT satchel.can(%L))', object || ':update'), format('(SELECT satchel.can(%L))', object || ':delete'))
$$;

GRANT SELECT, UPDATE ON workspaces TO satchel_app;

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

GRANT SELECT, INSERT, UPDATE, DELETE ON teams, roles, permissions, role_permissions, user_roles TO satchel_app;

-- Everything of a person but the digest of the password.
GRANT SELECT (
  workspace_id, id, email, full_name, first_name, last_name, title, phone, avatar_url, login_role, is_active, is_local,
  team_id, manager_id, locale, timezone, name_key, import_batch_id, created_at, updated_at, created_by, deleted_at,
  _stamp, _stamps, _tombstone, _seq
) ON users TO satchel_app;

GRANT INSERT, UPDATE, DELETE ON users TO satchel_app;

SELECT satchel.protect_open('users', 'user');

SELECT satchel.protect_open('teams', 'team');

SELECT satchel.protect_open('roles', 'role');

SELECT satchel.protect('permissions', 'true', '(SELECT satchel.can(''role:update''))', '(SELECT satchel.can(''role:update''))', '(SELECT satchel.can(''role:update''))');

SELECT satchel.protect('role_permissions', 'true', '(SELECT satchel.can(''role:update''))', '(SELECT satchel.can(''role:update''))', '(SELECT satchel.can(''role:update''))');

SELECT satchel.protect('user_roles', 'true', '(SELECT satchel.can(''role:update''))', '(SELECT satchel.can(''role:update''))', '(SELECT satchel.can(''role:update''))');

RESET ROLE;
