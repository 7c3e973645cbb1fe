-- Pipelines and their stages; opportunities with the people who take part, and the dates and history of their stages.
SET LOCAL ROLE satchel_owner;

CREATE TYPE opportunity_stage AS ENUM (
  'prospecting', 'qualification', 'needs_analysis', 'value_proposition', 'proposal', 'negotiation',
  'closed_won', 'closed_lost'
);

-- The ways by which a workspace sells. What names none goes into the first of them.
CREATE TABLE pipelines (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  position integer NOT NULL DEFAULT 0,
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

-- How a pipeline names, orders, hides and weights its stages. What each stands for is its kind: by that pipelines compare.
CREATE TABLE pipeline_stages (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
  kind opportunity_stage NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  position integer NOT NULL,
  is_hidden boolean NOT NULL DEFAULT false,
  -- Weights the amounts of opportunities that have no probability of their own.
  probability numeric(5, 4) NOT NULL CHECK (probability BETWEEN 0 AND 1),
  -- After so many days without an activity an opportunity in it counts as quiet; null for never.
  quiet_after_days integer CHECK (quiet_after_days > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT pipeline_stages_pipeline_fkey FOREIGN KEY (workspace_id, pipeline_id)
    REFERENCES pipelines (workspace_id, id) ON DELETE CASCADE,
  -- Won and lost are two outcomes: what they are worth is known, and they stay in sight.
  CONSTRAINT pipeline_stages_won CHECK (kind <> 'closed_won' OR (probability = 1 AND NOT is_hidden)),
  CONSTRAINT pipeline_stages_lost CHECK (kind <> 'closed_lost' OR (probability = 0 AND NOT is_hidden))
);

CREATE INDEX idx_pipeline_stages_pipeline_id ON pipeline_stages (workspace_id, pipeline_id, position, id);

-- One stage for each outcome.
CREATE UNIQUE INDEX idx_pipeline_stages_outcome ON pipeline_stages (workspace_id, pipeline_id, kind)
  WHERE kind IN ('closed_won', 'closed_lost') AND deleted_at IS NULL;

INSERT INTO satchel.tables (name, mark) VALUES ('pipelines', 'synced'), ('pipeline_stages', 'synced');

GRANT SELECT, INSERT, UPDATE, DELETE ON pipelines, pipeline_stages TO satchel_app;

SELECT satchel.protect(name::regclass, 'true', '(SELECT satchel.can(''workspace:update''))', '(SELECT satchel.can(''workspace:update''))', '(SELECT satchel.can(''workspace:update''))')
FROM unnest(ARRAY['pipelines', 'pipeline_stages']) AS name;

SELECT satchel.install_touch(name::regclass), satchel.install_history(name::regclass)
FROM unnest(ARRAY['pipelines', 'pipeline_stages']) AS name;

-- What stands in a stage has its kind and its pipeline, so neither changes. Who wants another kind makes another stage.
SELECT satchel.install_statement_trigger('pipeline_stages', 'keep_kind', 'UPDATE', $$
  SELECT n.id INTO changed FROM new_rows AS n
  JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id
  WHERE n.kind <> o.kind OR n.pipeline_id <> o.pipeline_id
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'A stage keeps its kind and its pipeline: %', changed
      USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'pipeline_stages_kind';
  END IF;
$$, '  changed uuid;');

-- The pipeline that a new workspace begins with, with a stage of each kind.
CREATE FUNCTION satchel.seed_pipeline(workspace uuid) RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp
AS $$
  INSERT INTO pipelines (workspace_id, id, name, position)
  VALUES (workspace, satchel.seeded_id(workspace, 'pipeline'), 'Sales', 1)
  ON CONFLICT DO NOTHING;

  INSERT INTO pipeline_stages (workspace_id, id, pipeline_id, kind, name, position, probability)
  SELECT workspace, satchel.seeded_id(workspace, 'pipeline_stage:' || s.kind), satchel.seeded_id(workspace, 'pipeline'),
    s.kind::opportunity_stage, s.name, s.position, s.probability
  FROM (VALUES
    ('prospecting', 'Prospecting', 1, 0.10),
    ('qualification', 'Qualification', 2, 0.20),
    ('needs_analysis', 'Needs analysis', 3, 0.30),
    ('value_proposition', 'Value proposition', 4, 0.45),
    ('proposal', 'Proposal', 5, 0.60),
    ('negotiation', 'Negotiation', 6, 0.80),
    ('closed_won', 'Closed won', 7, 1),
    ('closed_lost', 'Closed lost', 8, 0)
  ) AS s (kind, name, position, probability)
  ON CONFLICT DO NOTHING
$$;

CREATE TABLE opportunities (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  -- The account leads for a business, the contact for a person on their own; one of them is always there.
  account_id uuid,
  contact_id uuid,
  product_id uuid,
  -- What stage it stands in, that stage's pipeline and its kind: each follows from the first (satchel.choose_stage).
  pipeline_stage_id uuid NOT NULL,
  pipeline_id uuid NOT NULL,
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
    REFERENCES products (workspace_id, id),
  CONSTRAINT opportunities_pipeline_stage_fkey FOREIGN KEY (workspace_id, pipeline_stage_id)
    REFERENCES pipeline_stages (workspace_id, id),
  CONSTRAINT opportunities_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id),
  CONSTRAINT chk_opportunity_has_target CHECK (account_id IS NOT NULL OR contact_id IS NOT NULL),
  CONSTRAINT opportunities_embedding_has_model CHECK (summary_embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT opportunities_embedding_normal CHECK (satchel.is_normal(summary_embedding))
);

ALTER TABLE leads ADD CONSTRAINT leads_converted_opportunity_fkey
  FOREIGN KEY (workspace_id, converted_opportunity_id)
  REFERENCES opportunities (workspace_id, id);

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
  -- The stages of the pipeline, which may be gone by now.
  from_pipeline_stage_id uuid,
  to_pipeline_stage_id uuid,
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

CREATE INDEX idx_opportunities_stage_close_date ON opportunities (workspace_id, stage, close_date);
-- The totals of the board from the index alone, in the order in which it adds them up.
CREATE INDEX idx_opportunities_board ON opportunities (workspace_id, pipeline_stage_id, currency, probability)
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
  field_groups => '{"stage": ["pipeline_stage_id", "pipeline_id", "stage", "probability", "close_date", "closed_at", "won_reason", "lost_reason"]}');

SELECT satchel.install_child('opportunity_participants', 'opportunities', 'opportunity_id', is_link => true);

INSERT INTO satchel.tables (name, mark, travels_with) VALUES ('opportunity_stage_history', 'synced', 'opportunities');

GRANT SELECT ON opportunity_stage_history TO satchel_app;

SELECT satchel.protect(
  'opportunity_stage_history',
  '(SELECT satchel.reaches_all(''opportunity:read'')) OR '
    || satchel.parent_condition('opportunity_stage_history', 'opportunities.opportunity_id'),
  'false', 'false', 'false'
);

-- The stage of an opportunity, whoever writes it. A stage that is named says its pipeline and its kind. Where only the pipeline
-- or the kind is named it is the first such stage of the pipeline, or of the first pipeline that has one. By its name it
-- runs before what looks at the kind. Definer's rights, for the policies would be asked for each row.
CREATE FUNCTION satchel.choose_stage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  chosen pipeline_stages%ROWTYPE;
  is_named boolean := NEW.pipeline_stage_id IS NOT NULL;
  is_moved boolean := false;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    is_named := is_named AND NEW.pipeline_stage_id IS DISTINCT FROM OLD.pipeline_stage_id;
    is_moved := NEW.pipeline_id IS DISTINCT FROM OLD.pipeline_id;
  END IF;
  IF is_named THEN
    SELECT * INTO chosen FROM pipeline_stages AS s WHERE s.workspace_id = NEW.workspace_id AND s.id = NEW.pipeline_stage_id;
  ELSE
    SELECT s.* INTO chosen
    FROM pipelines AS p JOIN pipeline_stages AS s ON s.workspace_id = p.workspace_id AND s.pipeline_id = p.id
    WHERE p.workspace_id = NEW.workspace_id AND p.deleted_at IS NULL AND s.deleted_at IS NULL
      AND (NEW.pipeline_id IS NULL OR p.id = NEW.pipeline_id) AND (s.kind = NEW.stage OR is_moved)
    ORDER BY s.kind <> NEW.stage, p.position, p.id, s.is_hidden, s.position, s.id
    LIMIT 1;
    -- Of another workspace nothing is said here: the policies refuse the row.
    IF NOT FOUND AND satchel.workspace_id() IS NOT DISTINCT FROM NEW.workspace_id THEN
      RAISE EXCEPTION 'The pipeline has no stage of the kind %', NEW.stage
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'opportunities_stage_of_pipeline';
    END IF;
  END IF;
  -- What names a stage that is not there is left to its foreign key.
  IF chosen.id IS NULL THEN
    RETURN NEW;
  END IF;
  NEW.pipeline_stage_id := chosen.id;
  NEW.pipeline_id := chosen.pipeline_id;
  NEW.stage := chosen.kind;
  RETURN NEW;
END
$$;

-- A new opportunity that names neither stage nor pipeline: what is looked up for the first of its kind is kept for the
-- transaction, since an import asks it of each of its rows.
CREATE FUNCTION satchel.choose_first_stage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  setting text := 'satchel.first_stage_' || NEW.stage;
  kept text[] := string_to_array(nullif(current_setting(setting, true), ''), ' ');
BEGIN
  IF kept[1] IS DISTINCT FROM NEW.workspace_id::text THEN
    SELECT ARRAY[s.workspace_id, s.id, s.pipeline_id]::text[] INTO kept
    FROM pipelines AS p JOIN pipeline_stages AS s ON s.workspace_id = p.workspace_id AND s.pipeline_id = p.id
    WHERE p.workspace_id = NEW.workspace_id AND p.deleted_at IS NULL AND s.deleted_at IS NULL AND s.kind = NEW.stage
    ORDER BY p.position, p.id, s.is_hidden, s.position, s.id
    LIMIT 1;
    IF NOT FOUND THEN
      -- Of another workspace nothing is said here: the policies refuse the row.
      IF satchel.workspace_id() IS NOT DISTINCT FROM NEW.workspace_id THEN
        RAISE EXCEPTION 'The pipeline has no stage of the kind %', NEW.stage
          USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = 'opportunities_stage_of_pipeline';
      END IF;
      RETURN NEW;
    END IF;
    PERFORM set_config(setting, array_to_string(kept, ' '), true);
  END IF;
  NEW.pipeline_stage_id := kept[2]::uuid;
  NEW.pipeline_id := kept[3]::uuid;
  RETURN NEW;
END
$$;

-- A transaction that changes stages and then makes opportunities looks them up anew.
CREATE FUNCTION satchel.forget_first_stages() RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT set_config('satchel.first_stage_' || kind, '', true) FROM unnest(enum_range(NULL::opportunity_stage)) AS kind
$$;
REVOKE EXECUTE ON FUNCTION satchel.forget_first_stages() FROM PUBLIC;

DO $$
DECLARE
  target text;
  event text;
BEGIN
  FOREACH target IN ARRAY ARRAY['pipelines', 'pipeline_stages'] LOOP
    FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE', 'DELETE'] LOOP
      PERFORM satchel.install_statement_trigger(target::regclass, 'first_stages_' || lower(event), event,
        '  PERFORM satchel.forget_first_stages();');
    END LOOP;
  END LOOP;
END
$$;

CREATE TRIGGER choose_stage_on_insert BEFORE INSERT ON opportunities FOR EACH ROW
  WHEN (NEW.pipeline_id IS NOT NULL OR NEW.pipeline_stage_id IS NOT NULL)
  EXECUTE FUNCTION satchel.choose_stage();
CREATE TRIGGER choose_stage_of_kind BEFORE INSERT ON opportunities FOR EACH ROW
  WHEN (NEW.pipeline_id IS NULL AND NEW.pipeline_stage_id IS NULL)
  EXECUTE FUNCTION satchel.choose_first_stage();

CREATE TRIGGER choose_stage_on_update BEFORE UPDATE OF stage, pipeline_id, pipeline_stage_id ON opportunities FOR EACH ROW
  WHEN (OLD.stage IS DISTINCT FROM NEW.stage OR OLD.pipeline_id IS DISTINCT FROM NEW.pipeline_id
    OR OLD.pipeline_stage_id IS DISTINCT FROM NEW.pipeline_stage_id)
  EXECUTE FUNCTION satchel.choose_stage();

-- When an opportunity with this close date was closed: as that day began, but not in the future; now where there is none.
CREATE FUNCTION satchel.closing_moment(workspace uuid, close_date date) RETURNS timestamptz
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT least(now(), satchel.start_of_day(close_date, w.timezone)) FROM workspaces AS w WHERE w.id = workspace
$$;

GRANT EXECUTE ON FUNCTION satchel.closing_moment(uuid, date) TO satchel_app;

-- An opportunity that closes without a close date closes today. With one it was closed on that day.
CREATE FUNCTION satchel.close_opportunity() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
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

CREATE TRIGGER close_2_date_left_out BEFORE UPDATE OF stage, pipeline_id, pipeline_stage_id ON opportunities FOR EACH ROW
  WHEN ((OLD.stage IN ('closed_won', 'closed_lost')) <> (NEW.stage IN ('closed_won', 'closed_lost'))
    AND OLD.closed_at IS NOT DISTINCT FROM NEW.closed_at)
  EXECUTE FUNCTION satchel.forget_close_date();

CREATE TRIGGER close_3_dates BEFORE UPDATE OF stage, pipeline_id, pipeline_stage_id, closed_at ON opportunities FOR EACH ROW
  WHEN ((OLD.stage IN ('closed_won', 'closed_lost')) <> (NEW.stage IN ('closed_won', 'closed_lost'))
    OR OLD.closed_at IS DISTINCT FROM NEW.closed_at)
  EXECUTE FUNCTION satchel.close_opportunity();

-- What sync writes brings the history of its stages along.
SELECT satchel.install_statement_trigger('opportunities', 'stage_insert', 'INSERT', $$
  IF satchel.source() = 'sync' THEN
    RETURN NULL;
  END IF;
  INSERT INTO opportunity_stage_history
    (workspace_id, id, opportunity_id, to_stage, to_pipeline_stage_id, changed_at, changed_by, amount, currency)
  SELECT workspace_id, satchel.new_id(), id, stage, pipeline_stage_id, coalesce(closed_at, created_at), satchel.user_id(),
    amount, currency
  FROM new_rows;
$$);

SELECT satchel.install_statement_trigger('opportunities', 'stage_update', 'UPDATE', $$
  IF satchel.source() = 'sync' THEN
    RETURN NULL;
  END IF;
  INSERT INTO opportunity_stage_history
    (workspace_id, id, opportunity_id, from_stage, to_stage, from_pipeline_stage_id, to_pipeline_stage_id, changed_at, changed_by,
     amount, currency)
  SELECT n.workspace_id, satchel.new_id(), n.id, o.stage, n.stage, o.pipeline_stage_id, n.pipeline_stage_id, now(),
    satchel.user_id(), n.amount, n.currency
  FROM new_rows AS n
  JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id
  WHERE o.pipeline_stage_id IS DISTINCT FROM n.pipeline_stage_id;
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
