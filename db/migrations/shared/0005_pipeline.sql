-- The pipeline: the catalogue, opportunities with their people and stages, quotes.
SET LOCAL ROLE satchel_owner;

CREATE TYPE opportunity_stage AS ENUM (
  'prospecting', 'qualification', 'needs_analysis', 'value_proposition', 'proposal', 'negotiation',
  'closed_won', 'closed_lost'
);
CREATE TYPE quote_status AS ENUM ('draft', 'sent', 'accepted', 'rejected', 'expired');

CREATE TABLE products (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  sku text,
  -- The family a product belongs to.
  series text,
  description text,
  unit_price numeric(19, 4) CHECK (unit_price >= 0),
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  is_active boolean NOT NULL DEFAULT true,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(name)) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (
    satchel.fold(name || ' ' || coalesce(sku, '') || ' ' || coalesce(series, ''))
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
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE opportunities (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  -- The account leads for a business, the contact for a person on their own; one of them is always there.
  account_id uuid,
  contact_id uuid,
  product_id uuid,
  stage opportunity_stage NOT NULL DEFAULT 'prospecting',
  amount numeric(19, 4),
  currency text CHECK (currency ~ '^[A-Z]{3}$'),
  probability numeric(5, 4) CHECK (probability BETWEEN 0 AND 1),
  -- Expected while open, actual once closed.
  close_date date,
  engaged_on date,
  closed_at timestamptz,
  next_step text,
  lead_source text,
  won_reason text,
  lost_reason text,
  description text,
  -- The record's id in the system it was imported from.
  external_ref text,
  owner_id uuid,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  summary_embedding vector(1024),
  summary_embedding_bits bit(1024) GENERATED ALWAYS AS (binary_quantize(summary_embedding)::bit(1024)) STORED,
  summary_embedding_indexed boolean NOT NULL DEFAULT true,
  embedding_model text,
  content_hash text,
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(name)) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (
    satchel.fold(name || ' ' || coalesce(external_ref, ''))
  ) STORED,
  search_tsv tsvector GENERATED ALWAYS AS (
    to_tsvector('satchel.search', nullif(coalesce(description, '') || ' ' || coalesce(next_step, ''), ' '))
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
  CONSTRAINT opportunities_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT opportunities_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT opportunities_product_fkey FOREIGN KEY (workspace_id, product_id)
    REFERENCES products (workspace_id, id) ON DELETE SET NULL (product_id),
  CONSTRAINT opportunities_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (owner_id),
  CONSTRAINT chk_opportunity_has_target CHECK (account_id IS NOT NULL OR contact_id IS NOT NULL),
  CONSTRAINT opportunities_embedding_has_model CHECK (summary_embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT opportunities_embedding_normal CHECK (satchel.is_normal(summary_embedding))
);

ALTER TABLE leads ADD CONSTRAINT leads_converted_opportunity_fkey
  FOREIGN KEY (workspace_id, converted_opportunity_id)
  REFERENCES opportunities (workspace_id, id) ON DELETE SET NULL (converted_opportunity_id);

CREATE TABLE opportunity_participants (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  opportunity_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  role text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, opportunity_id, contact_id),
  CONSTRAINT opportunity_participants_opportunity_fkey FOREIGN KEY (workspace_id, opportunity_id)
    REFERENCES opportunities (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT opportunity_participants_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE opportunity_stage_history (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  opportunity_id uuid NOT NULL,
  -- Null in the first row of an opportunity.
  from_stage opportunity_stage,
  to_stage opportunity_stage NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  changed_by uuid,
  amount numeric(19, 4),
  currency text,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT opportunity_stage_history_opportunity_fkey FOREIGN KEY (workspace_id, opportunity_id)
    REFERENCES opportunities (workspace_id, id) ON DELETE CASCADE
);

-- How a workspace names, orders, hides and weights the stages.
CREATE TABLE stage_settings (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  stage opportunity_stage NOT NULL,
  label text NOT NULL CHECK (btrim(label) <> ''),
  position integer NOT NULL,
  is_hidden boolean NOT NULL DEFAULT false,
  probability numeric(5, 4) NOT NULL CHECK (probability BETWEEN 0 AND 1),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, stage)
);

CREATE TABLE quotes (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  opportunity_id uuid NOT NULL,
  account_id uuid,
  contact_id uuid,
  quote_number text NOT NULL CHECK (btrim(quote_number) <> ''),
  version integer NOT NULL DEFAULT 1 CHECK (version > 0),
  status quote_status NOT NULL DEFAULT 'draft',
  valid_until date,
  currency text NOT NULL DEFAULT 'USD' CHECK (currency ~ '^[A-Z]{3}$'),
  notes text,
  -- Taken off the sum of the lines: first the percentage, then the amount.
  discount_percent numeric(7, 4) NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100),
  discount_amount numeric(19, 4) NOT NULL DEFAULT 0 CHECK (discount_amount >= 0),
  -- Written by the database from the lines.
  subtotal numeric(19, 4) NOT NULL DEFAULT 0,
  discount_total numeric(19, 4) NOT NULL DEFAULT 0,
  tax_total numeric(19, 4) NOT NULL DEFAULT 0,
  total numeric(19, 4) NOT NULL DEFAULT 0,
  owner_id uuid,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(quote_number)) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(quote_number)) STORED,
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
  CONSTRAINT quotes_opportunity_fkey FOREIGN KEY (workspace_id, opportunity_id)
    REFERENCES opportunities (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT quotes_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE SET NULL (account_id),
  CONSTRAINT quotes_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE SET NULL (contact_id),
  CONSTRAINT quotes_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (owner_id)
);

CREATE TABLE quote_line_items (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  quote_id uuid NOT NULL,
  product_id uuid,
  position integer NOT NULL DEFAULT 0,
  description text NOT NULL DEFAULT '',
  quantity numeric(19, 4) NOT NULL DEFAULT 1 CHECK (quantity > 0),
  -- Copied from the product at quoting: a later change of the catalogue does not change an offer.
  unit_price numeric(19, 4) NOT NULL CHECK (unit_price >= 0),
  discount_percent numeric(7, 4) NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100),
  tax_percent numeric(7, 4) NOT NULL DEFAULT 0 CHECK (tax_percent >= 0),
  -- Before tax.
  line_total numeric(19, 4) GENERATED ALWAYS AS (round(quantity * unit_price * (1 - discount_percent / 100), 4)) STORED,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT quote_line_items_quote_fkey FOREIGN KEY (workspace_id, quote_id)
    REFERENCES quotes (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT quote_line_items_product_fkey FOREIGN KEY (workspace_id, product_id)
    REFERENCES products (workspace_id, id) ON DELETE SET NULL (product_id)
);

RESET ROLE;
