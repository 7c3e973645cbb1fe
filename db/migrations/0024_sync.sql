-- What a laptop remembers about the shared workspace. Rows are written by the capture triggers and by sync itself.
SET LOCAL ROLE satchel_owner;

CREATE TYPE sync_operation AS ENUM ('upsert', 'delete');

CREATE TABLE sync_state (
  workspace_id uuid PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
  client_id uuid NOT NULL,
  -- Breaks ties between stamps made in the same instant.
  node text NOT NULL CHECK (node ~ '^[0-9a-f]{8}$'),
  -- Whether changes are noted in the outbox: false until the workspace is shared.
  capturing boolean NOT NULL DEFAULT false,
  -- The largest stamp seen or given.
  clock_high text COLLATE "C",
  cursor_seq bigint NOT NULL DEFAULT 0,
  -- Proves on the next pull that the server still has what the cursor stands for.
  cursor_token text,
  pushed_high bigint NOT NULL DEFAULT 0,
  schema_version integer NOT NULL DEFAULT 1,
  history_months integer CHECK (history_months > 0),
  last_pulled_at timestamptz,
  last_pushed_at timestamptz,
  last_error text,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Rows that wait to be sent, once each, in the order and the groups of business actions.
CREATE TABLE sync_outbox (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  position bigint GENERATED ALWAYS AS IDENTITY,
  -- The business action: everything with the same one travels whole.
  change_set_id uuid NOT NULL,
  object text NOT NULL,
  -- The primary key of the row without the workspace.
  record_key jsonb NOT NULL,
  operation sync_operation NOT NULL,
  -- The field groups that changed; null for all.
  field_groups text[],
  stamp text COLLATE "C",
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, position)
);

CREATE INDEX idx_sync_outbox_record ON sync_outbox (workspace_id, object, record_key);

-- Fields this version does not know, kept until it does.
CREATE TABLE sync_parked (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  record_key jsonb NOT NULL,
  payload jsonb NOT NULL,
  schema_version integer NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);

CREATE INDEX idx_sync_parked_record ON sync_parked (workspace_id, object, record_key);

-- Values that lost to a later stamp: both are named, and the person can turn it round for thirty days.
CREATE TABLE sync_conflicts (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  record_id uuid NOT NULL,
  field_group text NOT NULL,
  kept_value jsonb,
  lost_value jsonb,
  kept_stamp text COLLATE "C",
  lost_stamp text COLLATE "C",
  kept_user_id uuid,
  lost_user_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  resolved_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);

CREATE INDEX idx_sync_conflicts_open ON sync_conflicts (workspace_id, created_at DESC, id) WHERE resolved_at IS NULL;
CREATE INDEX idx_sync_conflicts_record ON sync_conflicts (workspace_id, record_id);

-- Edits that could not be sent because the record left the person's sight: shown, never dropped.
CREATE TABLE sync_quarantine (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  record_key jsonb NOT NULL,
  payload jsonb NOT NULL,
  reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  resolved_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);

CREATE INDEX idx_sync_quarantine_open ON sync_quarantine (workspace_id, created_at DESC, id) WHERE resolved_at IS NULL;

INSERT INTO satchel.tables (name, mark)
SELECT name, 'local' FROM unnest(ARRAY['sync_state', 'sync_outbox', 'sync_parked', 'sync_conflicts', 'sync_quarantine']) AS name;

GRANT SELECT, INSERT, UPDATE, DELETE ON sync_state, sync_outbox, sync_parked, sync_conflicts, sync_quarantine TO satchel_app;

SELECT satchel.install_touch('sync_state');

-- This machine's own book-keeping of sync.
SELECT satchel.protect(name::regclass, 'true', 'true', 'true', 'true')
FROM unnest(ARRAY['sync_state', 'sync_outbox', 'sync_parked', 'sync_conflicts', 'sync_quarantine']) AS name;

RESET ROLE;
