-- Who changed what, when and by what means; and the imports that changes may come from.
SET LOCAL ROLE satchel_owner;

CREATE TYPE change_source AS ENUM ('person', 'import', 'sync', 'ai', 'system');
CREATE TYPE change_operation AS ENUM ('insert', 'update', 'delete', 'restore', 'purge');
CREATE TYPE import_status AS ENUM (
  'pending', 'running', 'completed', 'cancelled', 'failed', 'reverting', 'partly_reverted', 'reverted'
);

-- Records carry the batch they came from in import_batch_id, a mark and no foreign key: checking one would cost a
-- fifteenth of a large import, and a batch is never deleted.
CREATE TABLE import_batches (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  user_id uuid DEFAULT satchel.user_id(),
  file_names text[] NOT NULL DEFAULT '{}',
  objects text[] NOT NULL DEFAULT '{}',
  status import_status NOT NULL DEFAULT 'pending',
  mapping jsonb NOT NULL DEFAULT '{}',
  options jsonb NOT NULL DEFAULT '{}',
  -- Per object what was done to it, for example {"contacts": {"created": 3, "updated": 1}}.
  counts jsonb NOT NULL DEFAULT '{}',
  rows_total integer NOT NULL DEFAULT 0 CHECK (rows_total >= 0),
  created_count integer NOT NULL DEFAULT 0 CHECK (created_count >= 0),
  updated_count integer NOT NULL DEFAULT 0 CHECK (updated_count >= 0),
  skipped_count integer NOT NULL DEFAULT 0 CHECK (skipped_count >= 0),
  failed_count integer NOT NULL DEFAULT 0 CHECK (failed_count >= 0),
  error_file text,
  -- What a person is told: a template and its values.
  error_message jsonb,
  started_at timestamptz,
  finished_at timestamptz,
  reverted_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT import_batches_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (user_id)
);
CREATE INDEX idx_import_batches_created_at ON import_batches (workspace_id, created_at DESC, id);
CREATE INDEX idx_import_batches_user_id ON import_batches (workspace_id, user_id);

CREATE TABLE import_mappings (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- Identifies files of the same kind: a digest of the header row.
  signature text NOT NULL,
  object text NOT NULL,
  mapping jsonb NOT NULL,
  last_used_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT import_mappings_signature_key UNIQUE (workspace_id, signature, object)
);

-- One business action: an edit, a bulk edit, a conversion, a merge, one slice of an import.
CREATE TABLE change_sets (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  user_id uuid,
  source change_source NOT NULL DEFAULT 'person',
  -- What it is called: {"template": "Changed {{0}}", "values": [...]}, said in the reader's language.
  label jsonb,
  import_batch_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- The change set that this one took back, and the one that took this one back.
  undoes uuid,
  undone_by uuid,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT change_sets_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (user_id),
  CONSTRAINT change_sets_import_batch_fkey FOREIGN KEY (workspace_id, import_batch_id)
    REFERENCES import_batches (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT change_sets_undoes_fkey FOREIGN KEY (workspace_id, undoes)
    REFERENCES change_sets (workspace_id, id) ON DELETE SET NULL (undoes),
  CONSTRAINT change_sets_undone_by_fkey FOREIGN KEY (workspace_id, undone_by)
    REFERENCES change_sets (workspace_id, id) ON DELETE SET NULL (undone_by)
);
CREATE INDEX idx_change_sets_created_at ON change_sets (workspace_id, created_at DESC, id);
CREATE INDEX idx_change_sets_user_id ON change_sets (workspace_id, user_id, created_at DESC);
CREATE INDEX idx_change_sets_import_batch_id ON change_sets (workspace_id, import_batch_id)
  WHERE import_batch_id IS NOT NULL;
CREATE INDEX idx_change_sets_undoes ON change_sets (workspace_id, undoes) WHERE undoes IS NOT NULL;
CREATE INDEX idx_change_sets_undone_by ON change_sets (workspace_id, undone_by) WHERE undone_by IS NOT NULL;

-- One row per changed field of a record; an insert, a delete or a purge is one row without a field. The change set leads
-- the key: undoing it reads one range, in the order of change. No foreign keys: the rows are written by triggers
-- only, in bulk, and outlive the records they tell of.
CREATE TABLE field_history (
  workspace_id uuid NOT NULL,
  change_set_id uuid NOT NULL,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  object text NOT NULL,
  record_id uuid NOT NULL,
  operation change_operation NOT NULL,
  field text,
  old_value jsonb,
  new_value jsonb,
  changed_at timestamptz NOT NULL DEFAULT now(),
  user_id uuid,
  source change_source NOT NULL,
  PRIMARY KEY (workspace_id, change_set_id, seq)
);
CREATE INDEX idx_field_history_record ON field_history (workspace_id, record_id, seq DESC);

-- Where an undo stands: slices continue after the last entry looked at, and entries that were changed again since
-- are kept here instead of being overwritten.
CREATE TABLE undo_conflicts (
  workspace_id uuid NOT NULL,
  change_set_id uuid NOT NULL,
  seq bigint NOT NULL,
  object text NOT NULL,
  record_id uuid NOT NULL,
  field text,
  reason text NOT NULL,
  current_value jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, change_set_id, seq),
  CONSTRAINT undo_conflicts_change_set_fkey FOREIGN KEY (workspace_id, change_set_id)
    REFERENCES change_sets (workspace_id, id) ON DELETE CASCADE
);


RESET ROLE;
