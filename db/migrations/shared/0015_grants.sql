-- What the role of requests may touch at all; row-level security decides which rows. Partitions get no rights: rights on
-- a partition would go round the policies of its parent.
SET LOCAL ROLE satchel_owner;

GRANT SELECT, INSERT, UPDATE, DELETE ON
  teams, roles, permissions, role_permissions, user_roles,
  stage_settings, attachments,
  settings, custom_field_definitions, saved_views, tags, record_tags,
  import_batches, import_mappings,
  embedding_spaces, embedding_queue, passages, summaries, duplicate_candidates, merges,
  sync_state, sync_outbox, sync_parked, sync_conflicts, sync_quarantine
TO satchel_app;

GRANT SELECT, UPDATE ON workspaces TO satchel_app;
GRANT SELECT ON opportunity_stage_history, field_history, undo_conflicts TO satchel_app;
-- A request names its business action beforehand; the rows of the history come from triggers only.
GRANT SELECT, INSERT, UPDATE ON change_sets TO satchel_app;

-- Everything of a person but the digest of the password.
GRANT SELECT (
  workspace_id, id, email, full_name, first_name, last_name, title, phone, avatar_url, login_role, is_active, is_local,
  team_id, manager_id, locale, timezone, name_key, import_batch_id, created_at, updated_at, created_by, deleted_at,
  _stamp, _stamps, _tombstone, _seq
) ON users TO satchel_app;
GRANT INSERT, UPDATE, DELETE ON users TO satchel_app;

RESET ROLE;
