-- Quotes and their lines, with the arithmetic of both.
SET LOCAL ROLE satchel_owner;

CREATE TYPE quote_status AS ENUM ('draft', 'sent', 'accepted', 'rejected', 'expired');

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
    REFERENCES accounts (workspace_id, id),
  CONSTRAINT quotes_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id),
  CONSTRAINT quotes_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id)
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
    REFERENCES products (workspace_id, id)
);

CREATE INDEX idx_quotes_opportunity_id ON quotes (workspace_id, opportunity_id, version DESC);
CREATE INDEX idx_quotes_account_id ON quotes (workspace_id, account_id);
CREATE INDEX idx_quotes_contact_id ON quotes (workspace_id, contact_id);
CREATE INDEX idx_quotes_owner_id ON quotes (workspace_id, owner_id);
CREATE INDEX idx_quotes_number ON quotes (workspace_id, quote_number, version);
CREATE INDEX idx_quotes_status ON quotes (workspace_id, status, valid_until);
CREATE INDEX idx_quote_line_items_quote_id ON quote_line_items (workspace_id, quote_id, position);
CREATE INDEX idx_quote_line_items_product_id ON quote_line_items (workspace_id, product_id);

-- Whether the caller may change a quote, for its lines: a function, since as a condition it would be three policies deep.
CREATE FUNCTION satchel.changes_quote(quote uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN EXISTS (
    SELECT FROM quotes AS q
    JOIN opportunities AS o ON o.workspace_id = q.workspace_id AND o.id = q.opportunity_id
    WHERE q.workspace_id = satchel.workspace_id() AND q.id = quote AND (
      satchel.reaches_all('quote:update')
      OR q.owner_id = ANY (satchel.reached_owners('quote:update'))
      OR o.owner_id = ANY (satchel.reached_owners('quote:update')))
  );
END
$$;

GRANT EXECUTE ON FUNCTION satchel.changes_quote(uuid) TO satchel_app;

-- A quote is its owner's and that of the owner of its opportunity.
SELECT satchel.install_object('quotes', 'quote', access => 'owned', people => '{owner_id}', about => '{opportunities.opportunity_id}',
  field_groups => '{"discount": ["discount_percent", "discount_amount"]}',
  derived => '{subtotal,discount_total,tax_total,total}',
  conditions => jsonb_build_object(
    'read', satchel.reach_condition('quote:read', 'owner_id') || ' OR ' || satchel.parent_condition('quotes', 'opportunities.opportunity_id'),
    'create', r.creates,
    'update', satchel.reach_condition('quote:update', 'owner_id') || ' OR ' || r.updates,
    'delete', satchel.reach_condition('quote:delete', 'owner_id') || ' OR ' || r.deletes))
FROM (
  SELECT satchel.reached_parent_condition('quote:create', 'quotes', 'opportunity_id', o) AS creates,
    satchel.reached_parent_condition('quote:update', 'quotes', 'opportunity_id', o) AS updates,
    satchel.reached_parent_condition('quote:delete', 'quotes', 'opportunity_id', o) AS deletes
  FROM satchel.objects AS o WHERE o.name = 'opportunities'
) AS r;

SELECT satchel.install_child('quote_line_items', 'quotes', 'quote_id',
  field_groups => '{"price": ["quantity", "unit_price", "discount_percent", "tax_percent"]}',
  conditions => '{"write": "satchel.changes_quote(quote_id)"}');

-- Tax is on what remains of each line after the quote's own discount, which is spread over the lines by their value.
CREATE FUNCTION satchel.total_quote() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  taxed numeric;
BEGIN
  SELECT coalesce(sum(line_total), 0), coalesce(sum(line_total * tax_percent / 100), 0)
  INTO NEW.subtotal, taxed
  FROM quote_line_items
  WHERE workspace_id = NEW.workspace_id AND quote_id = NEW.id AND deleted_at IS NULL;
  NEW.discount_total := least(NEW.subtotal, round(NEW.subtotal * NEW.discount_percent / 100, 4) + NEW.discount_amount);
  NEW.tax_total := CASE
    WHEN NEW.subtotal = 0 THEN 0
    ELSE round(taxed * (NEW.subtotal - NEW.discount_total) / NEW.subtotal, 4)
  END;
  NEW.total := NEW.subtotal - NEW.discount_total + NEW.tax_total;
  RETURN NEW;
END
$$;

CREATE TRIGGER total BEFORE INSERT OR UPDATE ON quotes FOR EACH ROW EXECUTE FUNCTION satchel.total_quote();

-- Writing a total makes the trigger above count again; that is no edit of the quote. A line that moves to another quote
-- leaves one behind.
SELECT satchel.install_statement_trigger('quote_line_items', 'total_' || lower(t.event), t.event, format(
  '  UPDATE quotes AS q SET total = 0 WHERE (q.workspace_id, q.id) IN (%s);', t.lines))
FROM (VALUES
  ('INSERT', 'SELECT workspace_id, quote_id FROM new_rows'),
  ('UPDATE', 'SELECT workspace_id, quote_id FROM new_rows UNION SELECT workspace_id, quote_id FROM old_rows'),
  ('DELETE', 'SELECT workspace_id, quote_id FROM old_rows')
) AS t (event, lines);

RESET ROLE;
