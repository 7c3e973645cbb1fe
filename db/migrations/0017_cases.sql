-- Cases: what customers asked for help with.
SET LOCAL ROLE satchel_owner;

CREATE TYPE case_status AS ENUM ('new', 'open', 'pending', 'resolved', 'closed');
CREATE TYPE case_priority AS ENUM ('low', 'normal', 'high', 'urgent');

CREATE TABLE cases (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  case_number text NOT NULL CHECK (btrim(case_number) <> ''),
  subject text NOT NULL CHECK (btrim(subject) <> ''),
  description text,
  status case_status NOT NULL DEFAULT 'new',
  priority case_priority NOT NULL DEFAULT 'normal',
  contact_id uuid,
  account_id uuid,
  owner_id uuid,
  resolution text,
  resolved_at timestamptz,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(subject)) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(case_number || ' ' || subject)) STORED,
  search_tsv tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('satchel.search', subject), 'A')
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
  CONSTRAINT cases_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id),
  CONSTRAINT cases_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id),
  CONSTRAINT cases_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id)
);

CREATE INDEX idx_cases_number ON cases (workspace_id, case_number);
CREATE INDEX idx_cases_status ON cases (workspace_id, status, priority, created_at DESC);
CREATE INDEX idx_cases_contact_id ON cases (workspace_id, contact_id);
CREATE INDEX idx_cases_account_id ON cases (workspace_id, account_id);
CREATE INDEX idx_cases_owner_id ON cases (workspace_id, owner_id);
CREATE INDEX idx_cases_description_tsv_gin ON cases USING gin (search_tsv);

SELECT satchel.install_object('cases', 'case', access => 'owned', people => '{owner_id}',
  field_groups => '{"status": ["status", "resolution", "resolved_at"]}');

RESET ROLE;
