-- A new workspace: its first person, the roles and what they may do, the stages.
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

RESET ROLE;
