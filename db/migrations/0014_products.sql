-- The products that are offered.
SET LOCAL ROLE satchel_owner;

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

CREATE INDEX idx_products_unit_price ON products (workspace_id, unit_price, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_products_sku ON products (workspace_id, lower(sku)) WHERE sku IS NOT NULL;
CREATE INDEX idx_products_search_tsv ON products USING gin (search_tsv) WHERE search_tsv IS NOT NULL;

SELECT satchel.install_object('products', 'product', access => 'shared');

RESET ROLE;
