-- Notes, tasks, documents and the files behind them.
SET LOCAL ROLE satchel_owner;

CREATE TYPE task_status AS ENUM ('pending', 'completed');
CREATE TYPE task_priority AS ENUM ('low', 'normal', 'high');

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
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (user_id),
  CONSTRAINT chk_note_has_target CHECK (coalesce(contact_id, account_id, opportunity_id, case_id) IS NOT NULL),
  CONSTRAINT notes_embedding_has_model CHECK (embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT notes_embedding_normal CHECK (satchel.is_normal(embedding))
);

CREATE TABLE tasks (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  title text NOT NULL CHECK (btrim(title) <> ''),
  description text,
  due_date date,
  due_at timestamptz,
  remind_at timestamptz,
  status task_status NOT NULL DEFAULT 'pending',
  priority task_priority NOT NULL DEFAULT 'normal',
  assigned_to_id uuid,
  contact_id uuid,
  account_id uuid,
  opportunity_id uuid,
  case_id uuid,
  completed_at timestamptz,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(title)) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(title)) STORED,
  search_tsv tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('satchel.search', title), 'A')
    || setweight(to_tsvector('satchel.search', coalesce(description, '')), 'B')
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
  CONSTRAINT tasks_assigned_to_fkey FOREIGN KEY (workspace_id, assigned_to_id)
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (assigned_to_id),
  CONSTRAINT tasks_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT tasks_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT tasks_opportunity_fkey FOREIGN KEY (workspace_id, opportunity_id)
    REFERENCES opportunities (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT tasks_case_fkey FOREIGN KEY (workspace_id, case_id)
    REFERENCES cases (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT tasks_completion CHECK (completed_at IS NULL OR status = 'completed')
);

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
    REFERENCES attachments (workspace_id, id) ON DELETE SET NULL (attachment_id),
  CONSTRAINT documents_uploaded_by_fkey FOREIGN KEY (workspace_id, uploaded_by_id)
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (uploaded_by_id),
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

RESET ROLE;
