-- Accounts: organisations.
--
-- On indexes, here and below. Every foreign key has one (the workspace leads each of them, so the primary key serves the
-- reference to workspaces). Lists are paged by key: (workspace, sort key, id) over the rows that are not in the trash. Each index
-- of contacts costs 0.2 to 0.5 s in an import of 100,000, the trigram index more than all others together, so a column
-- gets one only where a screen sorts or searches by it. The owner is included where a list is counted or jumped through:
-- the policies ask for it, and with it the index alone answers.
SET LOCAL ROLE satchel_owner;

CREATE TABLE accounts (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  legal_name text,
  domain text,
  website text,
  industry text,
  employee_count integer CHECK (employee_count >= 0),
  annual_revenue numeric(19, 4),
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  year_established integer CHECK (year_established BETWEEN 0 AND 9999),
  phone_office text,
  address_street text,
  address_city text,
  address_state text,
  address_postal_code text,
  address_country text,
  parent_account_id uuid,
  description text,
  owner_id uuid,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  summary_embedding vector(1024),
  summary_embedding_bits bit(1024) GENERATED ALWAYS AS (binary_quantize(summary_embedding)::bit(1024)) STORED,
  summary_embedding_indexed boolean NOT NULL DEFAULT true,
  embedding_model text,
  content_hash text,
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(name)) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (
    satchel.fold(name || ' ' || coalesce(legal_name, '') || ' ' || coalesce(domain, website, ''))
    || ' ' || coalesce(satchel.digits(phone_office), '')
  ) STORED,
  search_tsv tsvector GENERATED ALWAYS AS (to_tsvector('satchel.search', description)) STORED,
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
  CONSTRAINT accounts_parent_fkey FOREIGN KEY (workspace_id, parent_account_id)
    REFERENCES accounts (workspace_id, id),
  CONSTRAINT accounts_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id),
  CONSTRAINT accounts_not_own_parent CHECK (parent_account_id <> id),
  CONSTRAINT accounts_embedding_has_model CHECK (summary_embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT accounts_embedding_normal CHECK (satchel.is_normal(summary_embedding))
);

CREATE INDEX idx_accounts_workspace_name ON accounts (workspace_id, name);
-- Of all rows, as that of contacts: what refers to one in the trash still shows its name, and is listed by it.
CREATE INDEX idx_accounts_name_key ON accounts (workspace_id, name_key, id) INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_accounts_annual_revenue ON accounts (workspace_id, annual_revenue, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_accounts_industry ON accounts (workspace_id, lower(industry), id) WHERE deleted_at IS NULL;
CREATE INDEX idx_accounts_owner_id ON accounts (workspace_id, owner_id, name_key, id) INCLUDE (deleted_at);
CREATE INDEX idx_accounts_parent_account_id ON accounts (workspace_id, parent_account_id, name_key, id)
  INCLUDE (owner_id, deleted_at);
-- Matching for duplicates sees the trash.
CREATE INDEX idx_accounts_domain ON accounts (workspace_id, lower(domain)) WHERE domain IS NOT NULL;
CREATE INDEX idx_accounts_search_tsv ON accounts USING gin (search_tsv) WHERE search_tsv IS NOT NULL;
CREATE INDEX idx_accounts_summary_embedding_bits ON accounts (workspace_id, embedding_model)
  INCLUDE (id, summary_embedding_bits) WHERE summary_embedding_bits IS NOT NULL AND deleted_at IS NULL;
-- Only rows marked as indexed are in the graph, and nothing is for rows without a vector. Where the home keeps the graph
-- by background work (the laptop), an edit of the row leaves the graph at once instead of paying for a new insertion.

CREATE INDEX idx_accounts_summary_embedding_hnsw ON accounts
  USING hnsw (summary_embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE summary_embedding_indexed;
CREATE INDEX idx_accounts_summary_embedding_unindexed ON accounts (workspace_id, id)
  WHERE summary_embedding IS NOT NULL AND NOT summary_embedding_indexed;

-- What activities are about is given by the links that are installed as their children.
SELECT satchel.install_object('accounts', 'account', access => 'owned', people => '{owner_id}');

RESET ROLE;
