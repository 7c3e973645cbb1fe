-- Contacts: people.
SET LOCAL ROLE satchel_owner;

CREATE TYPE contact_lifecycle_stage AS ENUM ('lead', 'opportunity_contact', 'customer', 'churned');

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
  -- The further addresses and numbers, as a search reads them; kept by their own tables.
  further_methods text,
  full_name text GENERATED ALWAYS AS (
    coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email)
  ) STORED,
  name_key text COLLATE "C" GENERATED ALWAYS AS (
    satchel.fold(coalesce(nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''), email))
  ) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (
    satchel.fold(coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(email, ''))
    || ' ' || coalesce(satchel.digits(phone_mobile), '') || ' ' || coalesce(satchel.digits(phone_work), '')
    || ' ' || coalesce(further_methods, '')
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
    REFERENCES accounts (workspace_id, id),
  CONSTRAINT contacts_converted_from_lead_fkey FOREIGN KEY (workspace_id, converted_from_lead_id)
    REFERENCES leads (workspace_id, id),
  CONSTRAINT contacts_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id),
  -- Of the name that shows: lists are ordered by it, so that nobody may be without.
  CONSTRAINT contacts_named CHECK (full_name IS NOT NULL),
  CONSTRAINT contacts_embedding_has_model CHECK (summary_embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT contacts_embedding_normal CHECK (satchel.is_normal(summary_embedding))
);

ALTER TABLE leads
  ADD CONSTRAINT leads_converted_account_fkey FOREIGN KEY (workspace_id, converted_account_id)
    REFERENCES accounts (workspace_id, id),
  ADD CONSTRAINT leads_converted_contact_fkey FOREIGN KEY (workspace_id, converted_contact_id)
    REFERENCES contacts (workspace_id, id);

CREATE INDEX idx_contacts_name_key ON contacts (workspace_id, name_key, id) INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_contacts_last_name ON contacts (workspace_id, lower(last_name), id)
  WHERE deleted_at IS NULL AND last_name IS NOT NULL;
CREATE INDEX idx_contacts_lifecycle_stage ON contacts (workspace_id, lifecycle_stage, created_at DESC);
-- A person's own contacts by name, page by page, and all contacts by their owners' names. Of all rows, for the reference to
-- users holds in the trash too.
CREATE INDEX idx_contacts_owner_id ON contacts (workspace_id, owner_id, name_key, id) INCLUDE (deleted_at);
-- The contacts of an account from the index alone, by name; also account after account, for a list sorted by them.
CREATE INDEX idx_contacts_company_lookup ON contacts (workspace_id, account_id, name_key, id)
  INCLUDE (first_name, last_name, email, job_title, owner_id, deleted_at);
CREATE INDEX idx_contacts_email ON contacts (workspace_id, lower(email)) WHERE email IS NOT NULL;
CREATE INDEX idx_contacts_converted_from_lead_id ON contacts (workspace_id, converted_from_lead_id)
  WHERE converted_from_lead_id IS NOT NULL;
CREATE INDEX idx_contacts_search_tsv ON contacts USING gin (search_tsv) WHERE search_tsv IS NOT NULL;
CREATE INDEX idx_contacts_summary_embedding_bits ON contacts (workspace_id, embedding_model)
  INCLUDE (id, summary_embedding_bits) WHERE summary_embedding_bits IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX idx_contacts_summary_embedding_hnsw ON contacts
  USING hnsw (summary_embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE summary_embedding_indexed;
CREATE INDEX idx_contacts_summary_embedding_unindexed ON contacts (workspace_id, id)
  WHERE summary_embedding IS NOT NULL AND NOT summary_embedding_indexed;

SELECT satchel.install_object('contacts', 'contact', access => 'owned', people => '{owner_id}',
  field_groups => '{"name": ["salutation", "first_name", "last_name"]}', derived => '{further_methods}');

-- Further email addresses and numbers of a contact, in an order and with a label. The columns of the contact hold the
-- primary ones, by which lists, imports and duplicates know it.
CREATE TYPE email_label AS ENUM ('work', 'personal', 'other');
CREATE TYPE phone_label AS ENUM ('work', 'mobile', 'home', 'fax', 'other');

CREATE TABLE contact_emails (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  contact_id uuid NOT NULL,
  position integer NOT NULL DEFAULT 0,
  label email_label NOT NULL DEFAULT 'work',
  value text NOT NULL CHECK (btrim(value) <> ''),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT contact_emails_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_contact_emails_contact_id ON contact_emails (workspace_id, contact_id, position, id);
CREATE INDEX idx_contact_emails_value ON contact_emails (workspace_id, lower(value)) WHERE deleted_at IS NULL;

CREATE TABLE contact_phones (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  contact_id uuid NOT NULL,
  position integer NOT NULL DEFAULT 0,
  label phone_label NOT NULL DEFAULT 'work',
  value text NOT NULL CHECK (btrim(value) <> ''),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT contact_phones_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_contact_phones_contact_id ON contact_phones (workspace_id, contact_id, position, id);
CREATE INDEX idx_contact_phones_digits ON contact_phones (workspace_id, satchel.digits(value)) WHERE deleted_at IS NULL;

SELECT satchel.install_child('contact_emails', 'contacts', 'contact_id',
  field_groups => '{"value": ["label", "value"]}');
SELECT satchel.install_child('contact_phones', 'contacts', 'contact_id',
  field_groups => '{"value": ["label", "value"]}');

-- What a search for a contact reads beside its own columns: the further addresses and numbers, folded as those are.
CREATE FUNCTION satchel.keep_contact_methods(workspace uuid, contacts uuid[]) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp
AS $$
  UPDATE contacts AS c
  SET further_methods = m.text
  FROM (
    SELECT k.id, (
      SELECT string_agg(value, ' ' ORDER BY kind, position, id)
      FROM (
        SELECT 1 AS kind, e.position, e.id, satchel.fold(e.value) AS value FROM contact_emails AS e
        WHERE e.workspace_id = workspace AND e.contact_id = k.id AND e.deleted_at IS NULL
        UNION ALL
        SELECT 2, p.position, p.id, satchel.digits(p.value) FROM contact_phones AS p
        WHERE p.workspace_id = workspace AND p.contact_id = k.id AND p.deleted_at IS NULL
      ) AS methods
    ) AS text
    FROM unnest(contacts) AS k (id)
  ) AS m
  WHERE c.workspace_id = workspace AND c.id = m.id AND c.further_methods IS DISTINCT FROM m.text
$$;
REVOKE EXECUTE ON FUNCTION satchel.keep_contact_methods(uuid, uuid[]) FROM PUBLIC;

DO $$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['contact_emails', 'contact_phones'] LOOP
    PERFORM satchel.install_statement_trigger(target::regclass, 'methods_insert', 'INSERT', $body$
  PERFORM satchel.keep_contact_methods(n.workspace_id, array_agg(DISTINCT n.contact_id)) FROM new_rows AS n GROUP BY n.workspace_id;
$body$);
    PERFORM satchel.install_statement_trigger(target::regclass, 'methods_update', 'UPDATE', $body$
  PERFORM satchel.keep_contact_methods(n.workspace_id, array_agg(DISTINCT n.contact_id)) FROM new_rows AS n GROUP BY n.workspace_id;
$body$);
  END LOOP;
END
$$;

RESET ROLE;
