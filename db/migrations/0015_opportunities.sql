-- Opportunities with the people who take part, their stages and the dates and history of these.
SET LOCAL ROLE satchel_owner;

CREATE TYPE opportunity_stage AS ENUM (
  'prospecting', 'qualification', 'needs_analysis', 'value_proposition', 'proposal', 'negotiation',
  'closed_won', 'closed_lost'
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
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
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
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, stage)
);

CREATE INDEX idx_opportunities_stage_close_date ON opportunities (workspace_id, stage, close_date);
-- The totals of the board from the index alone, in the order in which it adds them up.
CREATE INDEX idx_opportunities_board ON opportunities (workspace_id, stage, currency, probability)
  INCLUDE (amount, owner_id) WHERE deleted_at IS NULL;
CREATE INDEX idx_opportunities_open_by_owner ON opportunities (workspace_id, owner_id, close_date)
  WHERE stage NOT IN ('closed_won', 'closed_lost') AND deleted_at IS NULL;
CREATE INDEX idx_opportunities_amount ON opportunities (workspace_id, amount, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_opportunities_close_date ON opportunities (workspace_id, close_date, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_opportunities_account_id ON opportunities (workspace_id, account_id, name_key, id)
  INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_opportunities_contact_id ON opportunities (workspace_id, contact_id, name_key, id)
  INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_opportunities_product_id ON opportunities (workspace_id, product_id, name_key, id)
  INCLUDE (owner_id, deleted_at);
CREATE INDEX idx_opportunities_owner_id ON opportunities (workspace_id, owner_id, name_key, id)
  INCLUDE (deleted_at);
CREATE INDEX idx_opportunities_external_ref ON opportunities (workspace_id, external_ref)
  WHERE external_ref IS NOT NULL;
CREATE INDEX idx_opportunities_search_tsv ON opportunities USING gin (search_tsv) WHERE search_tsv IS NOT NULL;
CREATE INDEX idx_opportunities_summary_embedding_bits ON opportunities (workspace_id, embedding_model)
  INCLUDE (id, summary_embedding_bits) WHERE summary_embedding_bits IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX idx_opportunities_summary_embedding_hnsw ON opportunities
  USING hnsw (summary_embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE summary_embedding_indexed;
CREATE INDEX idx_opportunities_summary_embedding_unindexed ON opportunities (workspace_id, id)
  WHERE summary_embedding IS NOT NULL AND NOT summary_embedding_indexed;
CREATE INDEX idx_opp_participants_contact_id ON opportunity_participants (workspace_id, contact_id);
CREATE INDEX idx_opportunity_stage_history_opportunity_id
  ON opportunity_stage_history (workspace_id, opportunity_id, changed_at);
CREATE INDEX idx_opportunity_stage_history_changed_at ON opportunity_stage_history (workspace_id, changed_at);

SELECT satchel.install_object('opportunities', 'opportunity', access => 'owned', people => '{owner_id}',
  field_groups => '{"stage": ["stage", "probability", "close_date", "closed_at", "won_reason", "lost_reason"]}');

SELECT satchel.install_child('opportunity_participants', 'opportunities', 'opportunity_id', is_link => true);

INSERT INTO satchel.tables (name, mark, travels_with) VALUES
  ('stage_settings', 'synced', NULL), ('opportunity_stage_history', 'synced', 'opportunities');

GRANT SELECT, INSERT, UPDATE, DELETE ON stage_settings TO satchel_app;

GRANT SELECT ON opportunity_stage_history TO satchel_app;

SELECT satchel.install_touch('stage_settings');

SELECT satchel.protect('stage_settings', 'true', '(SELECT satchel.can(''workspace:update''))', '(SELECT satchel.can(''workspace:update''))', '(SELECT satchel.can(''workspace:update''))');

SELECT satchel.protect(
  'opportunity_stage_history',
  '(SELECT satchel.reaches_all(''opportunity:read'')) OR '
    || satchel.parent_condition('opportunity_stage_history', 'opportunities.opportunity_id'),
  'false', 'false', 'false'
);

-- When an opportunity with this close date was closed: as that day began, but not in the future; now where there is none.
CREATE FUNCTION satchel.closing_moment(workspace uuid, close_date date) RETURNS timestamptz
LANGUAGE sql STABLE
SET search_path = pg_catalog, public
AS $$
  SELECT least(now(), satchel.start_of_day(close_date, w.timezone)) FROM workspaces AS w WHERE w.id = workspace
$$;

GRANT EXECUTE ON FUNCTION satchel.closing_moment(uuid, date) TO satchel_app;

-- An opportunity that closes without a close date closes today. With one it was closed on that day.
CREATE FUNCTION satchel.close_opportunity() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
BEGIN
  IF NEW.stage NOT IN ('closed_won', 'closed_lost') THEN
    NEW.closed_at := NULL;
  ELSIF NEW.closed_at IS NULL THEN
    NEW.closed_at := satchel.closing_moment(NEW.workspace_id, NEW.close_date);
    IF NEW.close_date IS NULL THEN
      SELECT (NEW.closed_at AT TIME ZONE w.timezone)::date INTO NEW.close_date
      FROM workspaces AS w WHERE w.id = NEW.workspace_id;
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER close_on_insert BEFORE INSERT ON opportunities FOR EACH ROW
  WHEN (NEW.stage IN ('closed_won', 'closed_lost') OR NEW.closed_at IS NOT NULL)
  EXECUTE FUNCTION satchel.close_opportunity();

-- The close date of an open opportunity is the expected one. It is not that of the closing, nor the other way round,
-- unless the statement that closes or reopens gives it. A statement that gives the moment, as undoing does, knows both.
CREATE FUNCTION satchel.forget_close_date() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  NEW.close_date := NULL;
  NEW.closed_at := NULL;
  RETURN NEW;
END
$$;

CREATE FUNCTION satchel.take_close_date() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  NEW.closed_at := CASE
    WHEN NEW.stage IN ('closed_won', 'closed_lost') THEN satchel.closing_moment(NEW.workspace_id, NEW.close_date)
  END;
  RETURN NEW;
END
$$;

-- By their names they run in this order, and before the stamps are given, so that those see the dates.
CREATE TRIGGER close_1_date_given BEFORE UPDATE OF close_date ON opportunities FOR EACH ROW
  WHEN ((OLD.stage IN ('closed_won', 'closed_lost')) <> (NEW.stage IN ('closed_won', 'closed_lost'))
    AND OLD.closed_at IS NOT DISTINCT FROM NEW.closed_at)
  EXECUTE FUNCTION satchel.take_close_date();

CREATE TRIGGER close_2_date_left_out BEFORE UPDATE OF stage ON opportunities FOR EACH ROW
  WHEN ((OLD.stage IN ('closed_won', 'closed_lost')) <> (NEW.stage IN ('closed_won', 'closed_lost'))
    AND OLD.closed_at IS NOT DISTINCT FROM NEW.closed_at)
  EXECUTE FUNCTION satchel.forget_close_date();

CREATE TRIGGER close_3_dates BEFORE UPDATE OF stage, closed_at ON opportunities FOR EACH ROW
  WHEN ((OLD.stage IN ('closed_won', 'closed_lost')) <> (NEW.stage IN ('closed_won', 'closed_lost'))
    OR OLD.closed_at IS DISTINCT FROM NEW.closed_at)
  EXECUTE FUNCTION satchel.close_opportunity();

-- What sync writes brings the history of its stages along.
SELECT satchel.install_statement_trigger('opportunities', 'stage_insert', 'INSERT', $$
  IF satchel.source() = 'sync' THEN
    RETURN NULL;
  END IF;
  INSERT INTO opportunity_stage_history (workspace_id, id, opportunity_id, to_stage, changed_at, changed_by, amount, currency)
  SELECT workspace_id, satchel.new_id(), id, stage, coalesce(closed_at, created_at), satchel.user_id(), amount, currency
  FROM new_rows;
$$);

SELECT satchel.install_statement_trigger('opportunities', 'stage_update', 'UPDATE', $$
  IF satchel.source() = 'sync' THEN
    RETURN NULL;
  END IF;
  INSERT INTO opportunity_stage_history
    (workspace_id, id, opportunity_id, from_stage, to_stage, changed_at, changed_by, amount, currency)
  SELECT n.workspace_id, satchel.new_id(), n.id, o.stage, n.stage, now(), satchel.user_id(), n.amount, n.currency
  FROM new_rows AS n
  JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id
  WHERE o.stage IS DISTINCT FROM n.stage;
$$);

-- Takes in the history of stages as the machine that made it wrote it; what is there already stays as it is. Not for requests.
CREATE FUNCTION satchel.take_stage_history(workspace uuid, stages jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
  INSERT INTO opportunity_stage_history
  SELECT t.* FROM jsonb_array_elements(stages) AS s
  CROSS JOIN jsonb_populate_record(NULL::opportunity_stage_history, s || jsonb_build_object(
    'workspace_id', workspace, 'changed_at', least((s ->> 'changed_at')::timestamptz, now()), '_tombstone', false, '_seq', NULL
  )) AS t
  ON CONFLICT DO NOTHING
$$;

-- The same for what a user pushes: the author is the user, and the opportunity one that they may edit.
CREATE FUNCTION satchel.push_stage_history(stages jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT satchel.take_stage_history(satchel.current_workspace(), jsonb_agg(s || jsonb_build_object('changed_by', satchel.user_id())))
  FROM jsonb_array_elements(stages) AS s
  JOIN opportunities AS o ON o.workspace_id = satchel.current_workspace() AND o.id = (s ->> 'opportunity_id')::uuid
  WHERE satchel.reaches_all('opportunity:update') OR o.owner_id = ANY (satchel.reached_owners('opportunity:update'))
$$;

GRANT EXECUTE ON FUNCTION satchel.push_stage_history(jsonb) TO satchel_app;

-- Whoever takes part in a deal that is won is a customer. Part of the same business action, so that undo takes it back;
-- what undo or sync writes brings its contacts along itself.
SELECT satchel.install_statement_trigger('opportunities', 'win_' || lower(t.event), t.event, format($$
  IF satchel.source() <> 'sync' AND EXISTS (SELECT FROM new_rows WHERE stage = 'closed_won') AND NOT EXISTS (
    SELECT FROM change_sets AS c
    WHERE c.id = nullif(current_setting('satchel.change_set_id', true), '')::uuid AND c.undoes IS NOT NULL
  ) THEN
    UPDATE contacts AS c SET lifecycle_stage = 'customer'
    FROM (
      WITH won AS (
        SELECT n.workspace_id, n.id, n.contact_id FROM new_rows AS n %s
        WHERE n.stage = 'closed_won' AND n.deleted_at IS NULL %s
      )
      SELECT workspace_id, contact_id FROM won WHERE contact_id IS NOT NULL
      UNION
      SELECT p.workspace_id, p.contact_id FROM won
      JOIN opportunity_participants AS p ON p.workspace_id = won.workspace_id AND p.opportunity_id = won.id
      WHERE p.deleted_at IS NULL
    ) AS buyers
    WHERE c.workspace_id = buyers.workspace_id AND c.id = buyers.contact_id
      AND c.lifecycle_stage <> 'customer' AND c.deleted_at IS NULL;
  END IF;
$$, t.joined, t.changed))
FROM (VALUES
  ('INSERT', '', ''),
  ('UPDATE', 'JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id', 'AND o.stage <> ''closed_won''')
) AS t (event, joined, changed);

RESET ROLE;
