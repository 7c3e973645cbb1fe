-- A new workspace: its first person, the roles and what they may do, the pipeline.
SET LOCAL ROLE satchel_owner;

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
SET search_path = pg_catalog, public, pg_temp
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

  PERFORM satchel.seed_pipeline(workspace);
  PERFORM satchel.maintain_activity_partitions();
END
$$;

RESET ROLE;
