-- A new workspace: its first person, the roles and what they may do, the stages.
SET LOCAL ROLE satchel_owner;

-- The same id on every machine for the same name, so that nothing seeded twice can differ.
CREATE FUNCTION satchel.seeded_id(workspace uuid, name text) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT md5(workspace::text || ':' || name)::uuid $$;

-- The actions on each object. Records that belong to people know the scopes own, team and all; for the rest a granted
-- permission counts whatever its scope.
CREATE FUNCTION satchel.permission_list() RETURNS TABLE (object text, action text, description text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public
AS $$
  SELECT o.object, a.action, initcap(a.action) || ' ' || replace(o.plural, '_', ' ')
  FROM (
    SELECT singular, name FROM satchel.objects
    UNION ALL VALUES ('user', 'users'), ('team', 'teams'), ('role', 'roles'), ('custom_field', 'custom_fields'),
      ('saved_view', 'saved_views'), ('tag', 'tags')
  ) AS o (object, plural)
  CROSS JOIN (VALUES ('create'), ('read'), ('update'), ('delete')) AS a (action)
  UNION ALL VALUES
    ('workspace', 'update', 'Change the settings of the workspace'),
    ('import', 'run', 'Import files and revert imports'),
    ('export', 'run', 'Export records'),
    ('report', 'read', 'See dashboards'),
    ('history', 'undo', 'Undo changes of other people'),
    ('record', 'transfer', 'Hand records over to somebody else'),
    ('record', 'merge', 'Merge duplicates'),
    ('record', 'purge', 'Delete for good'),
    ('pii', 'read', 'Read encrypted personal numbers')
$$;

-- The permissions of a workspace and what the seeded roles hold of them; of one object where it is named. Only an object
-- that is new to the workspace is named: what an administrator took from a role is not given back.
CREATE FUNCTION satchel.seed_permissions(workspace uuid, of_object text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
BEGIN
  INSERT INTO permissions (workspace_id, id, object, action, description)
  SELECT workspace, satchel.seeded_id(workspace, 'permission:' || p.object || ':' || p.action), p.object, p.action,
    p.description
  FROM satchel.permission_list() AS p
  WHERE of_object IS NULL OR p.object = of_object
  ON CONFLICT DO NOTHING;

  INSERT INTO role_permissions (workspace_id, role_id, permission_id, scope)
  SELECT workspace, r.id, satchel.seeded_id(workspace, 'permission:' || p.object || ':' || p.action), g.scope
  FROM satchel.permission_list() AS p
  LEFT JOIN satchel.objects AS o ON o.singular = p.object
  CROSS JOIN LATERAL (
    SELECT 'Administrator' AS role, 'all'::permission_scope AS scope
    UNION ALL
    SELECT 'Sales Manager', CASE WHEN p.action IN ('create', 'update', 'delete') THEN 'team' ELSE 'all' END::permission_scope
    WHERE p.object NOT IN ('user', 'team', 'role', 'custom_field', 'workspace', 'pii')
      OR (p.object IN ('user', 'team', 'role', 'custom_field') AND p.action = 'read')
    UNION ALL
    SELECT 'Sales Representative', CASE
        WHEN o.access = 'shared' OR p.object IN ('user', 'team', 'role', 'custom_field', 'tag') THEN 'all' ELSE 'own'
      END::permission_scope
    WHERE o.access <> 'shared' OR p.object IN ('saved_view', 'tag')
      OR ((o.access = 'shared' OR p.object IN ('user', 'team', 'role', 'custom_field', 'report')) AND p.action = 'read')
      OR (p.object = 'record' AND p.action IN ('transfer', 'merge'))
      OR p.object IN ('import', 'export')
  ) AS g
  JOIN roles AS r ON r.workspace_id = workspace AND r.id = satchel.seeded_id(workspace, 'role:' || g.role)
  WHERE of_object IS NULL OR p.object = of_object
  ON CONFLICT DO NOTHING;
END
$$;

CREATE FUNCTION satchel.seed_roles(workspace uuid) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
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

-- Sets up a workspace with its first person, who is its administrator and, on a laptop, the one who sits there. Safe to
-- repeat. Not for requests: the caller must own the tables.
CREATE FUNCTION satchel.seed_workspace(
  workspace uuid,
  workspace_name text,
  person uuid,
  person_name text,
  person_email text DEFAULT NULL,
  workspace_currency text DEFAULT 'USD',
  workspace_locale text DEFAULT 'en-US',
  workspace_timezone text DEFAULT 'UTC'
) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
BEGIN
  INSERT INTO workspaces (id, name, currency, locale, timezone)
  VALUES (workspace, workspace_name, workspace_currency, workspace_locale, workspace_timezone)
  ON CONFLICT DO NOTHING;

  INSERT INTO users (workspace_id, id, full_name, email, is_local)
  VALUES (workspace, person, person_name, person_email, true)
  ON CONFLICT DO NOTHING;

  PERFORM satchel.seed_roles(workspace);

  INSERT INTO user_roles (workspace_id, user_id, role_id)
  VALUES (workspace, person, satchel.seeded_id(workspace, 'role:Administrator'))
  ON CONFLICT DO NOTHING;

  INSERT INTO stage_settings (workspace_id, stage, label, position, probability)
  VALUES
    (workspace, 'prospecting', 'Prospecting', 1, 0.10),
    (workspace, 'qualification', 'Qualification', 2, 0.20),
    (workspace, 'needs_analysis', 'Needs analysis', 3, 0.30),
    (workspace, 'value_proposition', 'Value proposition', 4, 0.45),
    (workspace, 'proposal', 'Proposal', 5, 0.60),
    (workspace, 'negotiation', 'Negotiation', 6, 0.80),
    (workspace, 'closed_won', 'Closed won', 7, 1),
    (workspace, 'closed_lost', 'Closed lost', 8, 0)
  ON CONFLICT DO NOTHING;

  PERFORM satchel.maintain_activity_partitions();
END
$$;

GRANT EXECUTE ON FUNCTION satchel.seeded_id(uuid, text), satchel.permission_list() TO satchel_app;

RESET ROLE;
