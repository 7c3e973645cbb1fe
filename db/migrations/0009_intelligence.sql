-- Embeddings, summaries, duplicates, merges.
SET LOCAL ROLE satchel_owner;

CREATE TYPE embedding_level AS ENUM ('content', 'summary');
CREATE TYPE queue_status AS ENUM ('waiting', 'running', 'failed');
CREATE TYPE duplicate_status AS ENUM ('open', 'dismissed', 'merged');

-- Models that have embedded something here. Vectors of different models are never compared.
CREATE TABLE embedding_spaces (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  model text NOT NULL,
  dimensions integer NOT NULL DEFAULT 1024 CHECK (dimensions = 1024),
  is_current boolean NOT NULL DEFAULT false,
  statistics jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, model)
);

CREATE UNIQUE INDEX idx_embedding_spaces_current ON embedding_spaces (workspace_id) WHERE is_current;

CREATE TABLE embedding_queue (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  object text NOT NULL,
  record_id uuid NOT NULL,
  level embedding_level NOT NULL,
  -- Of an activity, so that its partition is found at once.
  occurred_at timestamptz,
  content_hash text,
  -- Smaller goes first: interactive work before the rest.
  priority integer NOT NULL DEFAULT 100,
  status queue_status NOT NULL DEFAULT 'waiting',
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  not_before timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, object, record_id, level)
);

CREATE INDEX idx_embedding_queue_next ON embedding_queue (workspace_id, status, priority, not_before);

-- A long text is embedded in pieces.
CREATE TABLE passages (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  record_id uuid NOT NULL,
  occurred_at timestamptz,
  position integer NOT NULL,
  start_offset integer NOT NULL CHECK (start_offset >= 0),
  content text NOT NULL,
  embedding vector(1024),
  embedding_bits bit(1024) GENERATED ALWAYS AS (binary_quantize(embedding)::bit(1024)) STORED,
  embedding_indexed boolean NOT NULL DEFAULT true,
  embedding_model text,
  content_hash text,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT passages_position_key UNIQUE (workspace_id, record_id, position),
  CONSTRAINT passages_embedding_has_model CHECK (embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT passages_embedding_normal CHECK (satchel.is_normal(embedding))
);

-- The state of a relationship in words; its vector is the record's summary_embedding.
CREATE TABLE summaries (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  record_id uuid NOT NULL,
  content text NOT NULL,
  -- What wrote it: a language model's name, or 'extractive'.
  method text NOT NULL,
  sources jsonb NOT NULL DEFAULT '[]',
  content_hash text NOT NULL,
  covers_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT summaries_record_key UNIQUE (workspace_id, object, record_id)
);

CREATE TABLE duplicate_candidates (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  record_a uuid NOT NULL,
  record_b uuid NOT NULL,
  score numeric(5, 4) NOT NULL CHECK (score BETWEEN 0 AND 1),
  reasons jsonb NOT NULL DEFAULT '[]',
  status duplicate_status NOT NULL DEFAULT 'open',
  decided_by uuid,
  decided_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT duplicate_candidates_pair_key UNIQUE (workspace_id, object, record_a, record_b),
  CONSTRAINT duplicate_candidates_ordered CHECK (record_a < record_b),
  CONSTRAINT duplicate_candidates_decided_by_fkey FOREIGN KEY (workspace_id, decided_by)
    REFERENCES users (workspace_id, id)
);

CREATE INDEX idx_duplicate_candidates_open ON duplicate_candidates (workspace_id, object, score DESC, id)
  WHERE status = 'open';
CREATE INDEX idx_duplicate_candidates_record_b ON duplicate_candidates (workspace_id, record_b);
CREATE INDEX idx_duplicate_candidates_decided_by ON duplicate_candidates (workspace_id, decided_by)
  WHERE decided_by IS NOT NULL;

CREATE TABLE merges (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  kept_id uuid NOT NULL,
  merged_id uuid NOT NULL,
  -- Undoing it undoes the merge.
  change_set_id uuid NOT NULL,
  merged_by uuid DEFAULT satchel.user_id(),
  merged_at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT merges_change_set_fkey FOREIGN KEY (workspace_id, change_set_id)
    REFERENCES change_sets (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT merges_merged_by_fkey FOREIGN KEY (workspace_id, merged_by)
    REFERENCES users (workspace_id, id)
);

CREATE INDEX idx_merges_kept_id ON merges (workspace_id, kept_id);
CREATE INDEX idx_merges_merged_id ON merges (workspace_id, merged_id);
CREATE INDEX idx_merges_change_set_id ON merges (workspace_id, change_set_id);
CREATE INDEX idx_merges_merged_by ON merges (workspace_id, merged_by);
CREATE INDEX idx_passages_embedding_bits ON passages (workspace_id, embedding_model)
  INCLUDE (id, embedding_bits) WHERE embedding_bits IS NOT NULL;
CREATE INDEX idx_passages_embedding_hnsw ON passages
  USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE embedding_indexed;
CREATE INDEX idx_passages_embedding_unindexed ON passages (workspace_id, id)
  WHERE embedding IS NOT NULL AND NOT embedding_indexed;

INSERT INTO satchel.tables (name, mark) VALUES
  ('embedding_spaces', 'derived'), ('embedding_queue', 'local'), ('passages', 'derived'), ('summaries', 'derived'),
  ('duplicate_candidates', 'derived'), ('merges', 'synced');

GRANT SELECT, INSERT, UPDATE, DELETE ON embedding_spaces, embedding_queue, passages, summaries, duplicate_candidates, merges TO satchel_app;

SELECT satchel.install_touch(name::regclass) FROM unnest(ARRAY['embedding_spaces', 'embedding_queue', 'summaries', 'duplicate_candidates', 'merges']) AS name;

SELECT satchel.protect('embedding_spaces', 'true', '(SELECT satchel.can(''note:create''))', '(SELECT satchel.can(''note:create''))', '(SELECT satchel.can(''note:create''))');

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

RESET ROLE;
