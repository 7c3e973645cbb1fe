-- Accounts (organisations), contacts (people), leads (people nobody has vetted yet).
SET LOCAL ROLE satchel_owner;

CREATE TYPE contact_lifecycle_stage AS ENUM ('lead', 'opportunity_contact', 'customer', 'churned');
CREATE TYPE lead_status AS ENUM ('new', 'working', 'nurturing', 'qualified', 'unqualified', 'converted');
CREATE TYPE lead_rating AS ENUM ('cold', 'warm', 'hot');

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
    REFERENCES accounts (workspace_id, id) ON DELETE SET NULL (parent_account_id),
  CONSTRAINT accounts_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (owner_id),
  CONSTRAINT accounts_not_own_parent CHECK (parent_account_id <> id),
  CONSTRAINT accounts_embedding_has_model CHECK (summary_embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT accounts_embedding_normal CHECK (satchel.is_normal(summary_embedding))
);

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
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (owner_id),
  CONSTRAINT leads_named CHECK (full_name IS NOT NULL),
  CONSTRAINT leads_conversion CHECK ((status = 'converted') = (converted_at IS NOT NULL))
);

CREATE TABLE contacts (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- Null: a person on their own (B2C); otherwise a person at an organisation (B2B).
  account_id uuid,
  salutation text,
  first_name text,
  last_name text,
  job_title text,
  email text,
  phone_mobile text,
  phone_work text,
  linkedin_url text,
  lifecycle_stage contact_lifecycle_stage NOT NULL DEFAULT 'lead',
  lead_source text,
  address_street text,
  address_city text,
  address_state text,
  address_postal_code text,
  address_country text,
  birthday date,
  description text,
  -- Personal number, written by satchel.encrypt_pii() and read by satchel.decrypt_pii() only.
  national_id_encrypted bytea,
  converted_from_lead_id uuid,
  owner_id uuid,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  summary_embedding vector(1024),
  summary_embedding_bits bit(1024) GENERATED ALWAYS AS (binary_quantize(summary_embedding)::bit(1024)) STORED,
  summary_embedding_indexed boolean NOT NULL DEFAULT true,
  embedding_model text,
  content_hash text,
  full_name text GENERATED ALWAYS AS (
    coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email)
  ) STORED,
  name_key text COLLATE "C" GENERATED ALWAYS AS (
    satchel.fold(coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email))
  ) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (
    satchel.fold(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, ''))
    || ' ' || coalesce(satchel.digits(phone_mobile), '') || ' ' || coalesce(satchel.digits(phone_work), '')
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
  CONSTRAINT contacts_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE SET NULL (account_id),
  CONSTRAINT contacts_converted_from_lead_fkey FOREIGN KEY (workspace_id, converted_from_lead_id)
    REFERENCES leads (workspace_id, id) ON DELETE SET NULL (converted_from_lead_id),
  CONSTRAINT contacts_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (owner_id),
  -- Of the name that shows: lists are ordered by it, so that nobody may be without.
  CONSTRAINT contacts_named CHECK (full_name IS NOT NULL),
  CONSTRAINT contacts_embedding_has_model CHECK (summary_embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT contacts_embedding_normal CHECK (satchel.is_normal(summary_embedding))
);

ALTER TABLE leads
  ADD CONSTRAINT leads_converted_account_fkey FOREIGN KEY (workspace_id, converted_account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE SET NULL (converted_account_id),
  ADD CONSTRAINT leads_converted_contact_fkey FOREIGN KEY (workspace_id, converted_contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE SET NULL (converted_contact_id);

RESET ROLE;
