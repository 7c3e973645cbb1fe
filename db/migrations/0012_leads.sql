-- Leads: people nobody has vetted yet. What they were converted to comes later, with its own table.
SET LOCAL ROLE satchel_owner;

CREATE TYPE lead_status AS ENUM ('new', 'working', 'nurturing', 'qualified', 'unqualified', 'converted');
CREATE TYPE lead_rating AS ENUM ('cold', 'warm', 'hot');

CREATE TABLE leads (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  first_name text,
  last_name text,
  company_name text,
  job_title text,
  email text,
  phone text,
  website text,
  address_city text,
  address_country text,
  source text,
  status lead_status NOT NULL DEFAULT 'new',
  rating lead_rating,
  description text,
  converted_at timestamptz,
  converted_account_id uuid,
  converted_contact_id uuid,
  converted_opportunity_id uuid,
  owner_id uuid,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  -- What a lead is called: somebody of whom only the company or the address is known is called by that.
  full_name text GENERATED ALWAYS AS (
    coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), company_name, email, phone)
  ) STORED,
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(
    coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), company_name, email, phone)
  )) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (
    satchel.fold(
      coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(company_name, '')
      || ' ' || coalesce(email, '')
    ) || ' ' || coalesce(satchel.digits(phone), '')
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
  CONSTRAINT leads_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id),
  CONSTRAINT leads_named CHECK (full_name IS NOT NULL),
  CONSTRAINT leads_conversion CHECK ((status = 'converted') = (converted_at IS NOT NULL))
);

CREATE INDEX idx_leads_status ON leads (workspace_id, status, created_at DESC);
CREATE INDEX idx_leads_owner_id ON leads (workspace_id, owner_id, name_key, id) INCLUDE (deleted_at);
CREATE INDEX idx_leads_email ON leads (workspace_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX idx_leads_converted_account_id ON leads (workspace_id, converted_account_id)
  WHERE converted_account_id IS NOT NULL;
CREATE INDEX idx_leads_converted_contact_id ON leads (workspace_id, converted_contact_id)
  WHERE converted_contact_id IS NOT NULL;
CREATE INDEX idx_leads_converted_opportunity_id ON leads (workspace_id, converted_opportunity_id)
  WHERE converted_opportunity_id IS NOT NULL;
CREATE INDEX idx_leads_search_tsv ON leads USING gin (search_tsv) WHERE search_tsv IS NOT NULL;

SELECT satchel.install_object('leads', 'lead', access => 'owned', people => '{owner_id}', field_groups => '{
  "name": ["first_name", "last_name"],
  "status": ["status", "converted_at", "converted_account_id", "converted_contact_id", "converted_opportunity_id"]}');

RESET ROLE;
