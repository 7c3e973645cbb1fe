-- Documents and the files behind them.
SET LOCAL ROLE satchel_owner;

-- Files by content: the same bytes are kept once, whatever number of documents names them.
CREATE TABLE attachments (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- SHA-256 of the bytes, hexadecimal; names the file in the attachments folder.
  content_hash text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
  mime_type text,
  is_present boolean NOT NULL DEFAULT true,
  uploaded_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id)
);

-- Not unique: two laptops may add the same file while offline.
CREATE INDEX idx_attachments_content_hash ON attachments (workspace_id, content_hash);

CREATE TABLE documents (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  file_name text NOT NULL CHECK (btrim(file_name) <> ''),
  file_path text NOT NULL,
  mime_type text,
  file_size_bytes bigint CHECK (file_size_bytes >= 0),
  attachment_id uuid,
  uploaded_by_id uuid DEFAULT satchel.user_id(),
  contact_id uuid,
  account_id uuid,
  opportunity_id uuid,
  case_id uuid,
  activity_id uuid,
  text_content text,
  embedding vector(1024),
  embedding_bits bit(1024) GENERATED ALWAYS AS (binary_quantize(embedding)::bit(1024)) STORED,
  embedding_indexed boolean NOT NULL DEFAULT true,
  embedding_model text,
  content_hash text,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(file_name)) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(file_name)) STORED,
  content_tsv tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('satchel.search', file_name), 'A')
    -- A tsvector holds at most a megabyte; a longer text is searched by its beginning, and whole by its passages.
    || setweight(to_tsvector('satchel.search', left(coalesce(text_content, ''), 200000)), 'B')
  ) STORED,
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
  CONSTRAINT documents_attachment_fkey FOREIGN KEY (workspace_id, attachment_id)
    REFERENCES attachments (workspace_id, id),
  CONSTRAINT documents_uploaded_by_fkey FOREIGN KEY (workspace_id, uploaded_by_id)
    REFERENCES users (workspace_id, id),
  CONSTRAINT documents_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT documents_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT documents_opportunity_fkey FOREIGN KEY (workspace_id, opportunity_id)
    REFERENCES opportunities (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT documents_case_fkey FOREIGN KEY (workspace_id, case_id)
    REFERENCES cases (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT documents_embedding_has_model CHECK (embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT documents_embedding_normal CHECK (satchel.is_normal(embedding))
);

CREATE INDEX idx_documents_contact_id ON documents (workspace_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX idx_documents_account_id ON documents (workspace_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX idx_documents_opportunity_id ON documents (workspace_id, opportunity_id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX idx_documents_case_id ON documents (workspace_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX idx_documents_uploaded_by_id ON documents (workspace_id, uploaded_by_id);
CREATE INDEX idx_documents_attachment_id ON documents (workspace_id, attachment_id);
CREATE INDEX idx_documents_content_tsv ON documents USING gin (content_tsv);
CREATE INDEX idx_documents_embedding_bits ON documents (workspace_id, embedding_model)
  INCLUDE (id, embedding_bits) WHERE embedding_bits IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX idx_documents_embedding_hnsw ON documents
  USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE embedding_indexed;
CREATE INDEX idx_documents_embedding_unindexed ON documents (workspace_id, id)
  WHERE embedding IS NOT NULL AND NOT embedding_indexed;

GRANT SELECT, INSERT, UPDATE, DELETE ON attachments TO satchel_app;

SELECT satchel.install_touch('attachments');

SELECT satchel.protect('attachments', 'true', '(SELECT satchel.can(''document:create''))', '(SELECT satchel.can(''document:create''))', '(SELECT satchel.can(''document:create''))');

SELECT satchel.install_object('documents', 'document', access => 'about', people => '{uploaded_by_id}',
  about => '{contacts.contact_id,accounts.account_id,opportunities.opportunity_id,cases.case_id}');

INSERT INTO satchel.tables (name, mark) VALUES ('attachments', 'synced');

RESET ROLE;
