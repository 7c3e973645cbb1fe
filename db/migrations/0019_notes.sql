-- Notes about records.
SET LOCAL ROLE satchel_owner;

CREATE TABLE notes (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  contact_id uuid,
  account_id uuid,
  opportunity_id uuid,
  case_id uuid,
  user_id uuid DEFAULT satchel.user_id(),
  content text NOT NULL CHECK (btrim(content) <> ''),
  pinned boolean NOT NULL DEFAULT false,
  -- The first line of the note, by which lists name it.
  title text GENERATED ALWAYS AS (left(btrim(split_part(ltrim(content, E' \t\r\n'), E'\n', 1), E' \t\r'), 200)) STORED,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  embedding vector(1024),
  embedding_bits bit(1024) GENERATED ALWAYS AS (binary_quantize(embedding)::bit(1024)) STORED,
  embedding_indexed boolean NOT NULL DEFAULT true,
  embedding_model text,
  content_hash text,
  name_key text COLLATE "C" GENERATED ALWAYS AS (
    satchel.fold(left(btrim(split_part(ltrim(content, E' \t\r\n'), E'\n', 1), E' \t\r'), 200))
  ) STORED,
  -- Its beginning: words further on are found by full text.
  search_text text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(left(content, 1000))) STORED,
  content_tsv tsvector GENERATED ALWAYS AS (to_tsvector('satchel.search', content)) STORED,
  import_batch_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT notes_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT notes_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT notes_opportunity_fkey FOREIGN KEY (workspace_id, opportunity_id)
    REFERENCES opportunities (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT notes_case_fkey FOREIGN KEY (workspace_id, case_id)
    REFERENCES cases (workspace_id, id) ON DELETE CASCADE,
  -- A person who leaves is deactivated; their notes stay.
  CONSTRAINT notes_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id),
  CONSTRAINT chk_note_has_target CHECK (coalesce(contact_id, account_id, opportunity_id, case_id) IS NOT NULL),
  CONSTRAINT notes_embedding_has_model CHECK (embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT notes_embedding_normal CHECK (satchel.is_normal(embedding))
);

CREATE INDEX idx_notes_contact_id ON notes (workspace_id, contact_id, created_at DESC) WHERE contact_id IS NOT NULL;
CREATE INDEX idx_notes_account_id ON notes (workspace_id, account_id, created_at DESC) WHERE account_id IS NOT NULL;
CREATE INDEX idx_notes_opportunity_id ON notes (workspace_id, opportunity_id, created_at DESC) WHERE opportunity_id IS NOT NULL;
CREATE INDEX idx_notes_case_id ON notes (workspace_id, case_id, created_at DESC) WHERE case_id IS NOT NULL;
CREATE INDEX idx_notes_user_id ON notes (workspace_id, user_id);
CREATE INDEX idx_notes_content_tsv ON notes USING gin (content_tsv);
CREATE INDEX idx_notes_embedding_bits ON notes (workspace_id, embedding_model)
  INCLUDE (id, embedding_bits) WHERE embedding_bits IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX idx_notes_embedding_hnsw ON notes
  USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE embedding_indexed;
CREATE INDEX idx_notes_embedding_unindexed ON notes (workspace_id, id)
  WHERE embedding IS NOT NULL AND NOT embedding_indexed;

SELECT satchel.install_object('notes', 'note', access => 'about', people => '{user_id}',
  about => '{contacts.contact_id,accounts.account_id,opportunities.opportunity_id,cases.case_id}');

RESET ROLE;
