-- The log of every interaction, partitioned by month, and its links to the records it is about. The months are made ahead of
-- time and for imported history, and dropped by retention.
SET LOCAL ROLE satchel_owner;

CREATE TYPE activity_type AS ENUM ('call', 'email', 'meeting', 'note', 'task_completed');
CREATE TYPE activity_direction AS ENUM ('inbound', 'outbound');

CREATE TABLE activities (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- In the key because a unique key of a partitioned table must hold the partition key. Moving an activity to another
  -- month moves its row to another partition: row triggers see a delete and an insert there. Bounded, because a month
  -- is named by four digits and retention must not take the year 10000 for one before 2000.
  occurred_at timestamptz NOT NULL DEFAULT now()
    CONSTRAINT activities_occurred_in_our_era CHECK (occurred_at >= '0001-01-01Z' AND occurred_at < '10000-01-01Z'),
  type activity_type NOT NULL,
  subject text,
  body text,
  outcome text,
  direction activity_direction,
  duration_minutes integer CHECK (duration_minutes >= 0),
  user_id uuid,
  metadata jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(metadata) = 'object'),
  external_ref text,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  embedding vector(1024),
  embedding_bits bit(1024) GENERATED ALWAYS AS (binary_quantize(embedding)::bit(1024)) STORED,
  embedding_indexed boolean NOT NULL DEFAULT true,
  embedding_model text,
  content_hash text,
  body_tsv tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('satchel.search', coalesce(subject, '')), 'A')
    || setweight(to_tsvector('satchel.search', coalesce(body, '')), 'B')
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
  PRIMARY KEY (workspace_id, id, occurred_at),
  CONSTRAINT activities_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id),
  CONSTRAINT activities_embedding_has_model CHECK (embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT activities_embedding_normal CHECK (satchel.is_normal(embedding))
) PARTITION BY RANGE (occurred_at);

-- Catches what no month was made for; satchel.ensure_activity_partitions() moves its rows out.
CREATE TABLE activities_default PARTITION OF activities DEFAULT;

CREATE TABLE activity_contacts (
  workspace_id uuid NOT NULL,
  activity_id uuid NOT NULL,
  -- Repeated from the activity, so that a timeline is read from the junction's index alone and prunes partitions.
  occurred_at timestamptz NOT NULL,
  contact_id uuid NOT NULL,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, activity_id, contact_id),
  CONSTRAINT activity_contacts_activity_fkey FOREIGN KEY (workspace_id, activity_id, occurred_at)
    REFERENCES activities (workspace_id, id, occurred_at) ON DELETE CASCADE DEFERRABLE,
  CONSTRAINT activity_contacts_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE activity_accounts (
  workspace_id uuid NOT NULL,
  activity_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  account_id uuid NOT NULL,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, activity_id, account_id),
  CONSTRAINT activity_accounts_activity_fkey FOREIGN KEY (workspace_id, activity_id, occurred_at)
    REFERENCES activities (workspace_id, id, occurred_at) ON DELETE CASCADE DEFERRABLE,
  CONSTRAINT activity_accounts_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE activity_opportunities (
  workspace_id uuid NOT NULL,
  activity_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  opportunity_id uuid NOT NULL,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, activity_id, opportunity_id),
  CONSTRAINT activity_opportunities_activity_fkey FOREIGN KEY (workspace_id, activity_id, occurred_at)
    REFERENCES activities (workspace_id, id, occurred_at) ON DELETE CASCADE DEFERRABLE,
  CONSTRAINT activity_opportunities_opportunity_fkey FOREIGN KEY (workspace_id, opportunity_id)
    REFERENCES opportunities (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE activity_cases (
  workspace_id uuid NOT NULL,
  activity_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  case_id uuid NOT NULL,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, activity_id, case_id),
  CONSTRAINT activity_cases_activity_fkey FOREIGN KEY (workspace_id, activity_id, occurred_at)
    REFERENCES activities (workspace_id, id, occurred_at) ON DELETE CASCADE DEFERRABLE,
  CONSTRAINT activity_cases_case_fkey FOREIGN KEY (workspace_id, case_id)
    REFERENCES cases (workspace_id, id) ON DELETE CASCADE
);

-- An index of the parent is made on each partition.
CREATE INDEX idx_activities_occurred_at ON activities (workspace_id, occurred_at DESC, id);
CREATE INDEX idx_activities_user_id ON activities (workspace_id, user_id, occurred_at DESC);
CREATE INDEX idx_activities_notes_tsv_gin ON activities USING gin (body_tsv);
CREATE INDEX idx_activities_custom_fields_gin ON activities USING gin (custom_fields jsonb_path_ops)
  WHERE custom_fields <> '{}';
CREATE INDEX idx_activities_external_ref ON activities (workspace_id, external_ref) WHERE external_ref IS NOT NULL;
CREATE INDEX idx_activities_trash ON activities (workspace_id, deleted_at DESC, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX idx_activities_embedding_bits ON activities (workspace_id, embedding_model, occurred_at)
  INCLUDE (id, embedding_bits) WHERE embedding_bits IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX idx_activities_embedding_hnsw ON activities
  USING hnsw (embedding vector_ip_ops) WITH (m = 32, ef_construction = 128)
  WHERE embedding_indexed;
CREATE INDEX idx_activities_embedding_unindexed ON activities (workspace_id, id)
  WHERE embedding IS NOT NULL AND NOT embedding_indexed;

-- A record's timeline, newest first, from the junction's index alone.
CREATE INDEX idx_activity_contacts_timeline ON activity_contacts
  (workspace_id, contact_id, occurred_at DESC, activity_id);

CREATE INDEX idx_activity_accounts_timeline ON activity_accounts
  (workspace_id, account_id, occurred_at DESC, activity_id);
CREATE INDEX idx_activity_opportunities_timeline ON activity_opportunities
  (workspace_id, opportunity_id, occurred_at DESC, activity_id);
CREATE INDEX idx_activity_cases_timeline ON activity_cases
  (workspace_id, case_id, occurred_at DESC, activity_id);

-- The links follow an activity to another time, which is part of the key that they refer to. Their check waits meanwhile.
CREATE FUNCTION satchel.hold_activity_links() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  SET CONSTRAINTS activity_accounts_activity_fkey, activity_cases_activity_fkey, activity_contacts_activity_fkey,
    activity_opportunities_activity_fkey DEFERRED;
  RETURN NULL;
END
$$;

CREATE TRIGGER hold_links BEFORE UPDATE OF occurred_at ON activities
  FOR EACH STATEMENT EXECUTE FUNCTION satchel.hold_activity_links();

SELECT satchel.install_statement_trigger('activities', 'a_links_follow', 'UPDATE', $$
  IF NOT EXISTS (
    SELECT FROM new_rows AS n JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id
    WHERE o.occurred_at <> n.occurred_at
  ) THEN
    RETURN NULL;
  END IF;
  UPDATE activity_accounts AS l SET occurred_at = n.occurred_at FROM new_rows AS n
  WHERE l.workspace_id = n.workspace_id AND l.activity_id = n.id AND l.occurred_at <> n.occurred_at;
  UPDATE activity_cases AS l SET occurred_at = n.occurred_at FROM new_rows AS n
  WHERE l.workspace_id = n.workspace_id AND l.activity_id = n.id AND l.occurred_at <> n.occurred_at;
  UPDATE activity_contacts AS l SET occurred_at = n.occurred_at FROM new_rows AS n
  WHERE l.workspace_id = n.workspace_id AND l.activity_id = n.id AND l.occurred_at <> n.occurred_at;
  UPDATE activity_opportunities AS l SET occurred_at = n.occurred_at FROM new_rows AS n
  WHERE l.workspace_id = n.workspace_id AND l.activity_id = n.id AND l.occurred_at <> n.occurred_at;
  SET CONSTRAINTS activity_accounts_activity_fkey, activity_cases_activity_fkey, activity_contacts_activity_fkey,
    activity_opportunities_activity_fkey IMMEDIATE;
$$);

-- A partition is reached through its parent only.
ALTER TABLE activities_default ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY owner_acts ON activities_default TO satchel_owner USING (true) WITH CHECK (true);

-- What activities are about is said by links.
SELECT satchel.install_object('activities', 'activity', access => 'linked', people => '{user_id}');

SELECT satchel.install_child('activity_accounts', 'activities', 'activity_id', is_link => true, seen_by => 'accounts.account_id');

SELECT satchel.install_child('activity_contacts', 'activities', 'activity_id', is_link => true, seen_by => 'contacts.contact_id');

SELECT satchel.install_child('activity_opportunities', 'activities', 'activity_id', is_link => true,
  seen_by => 'opportunities.opportunity_id');

SELECT satchel.install_child('activity_cases', 'activities', 'activity_id', is_link => true, seen_by => 'cases.case_id');

-- The name says the month, as activities_y2025m01.
CREATE FUNCTION satchel.activity_partition_name(month date) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT 'activities_y' || to_char(month::timestamp, 'YYYY"m"MM') $$;

-- Makes the partitions of all months from the one of `from_date` to the one of `to_date`, both included, in UTC, and
-- moves rows of those months out of the default partition. Returns the number of partitions made.
-- Each partition has its own indexes: a statement that prunes nothing locks them all, so months are made when needed
-- and not for decades ahead.
CREATE FUNCTION satchel.ensure_activity_partitions(from_date date, to_date date) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET client_min_messages = warning
AS $$
DECLARE
  month date := date_trunc('month', from_date::timestamp)::date;
  lower_bound timestamptz;
  upper_bound timestamptz;
  partition text;
  made integer := 0;
  moving boolean;
  columns text;
  junction text;
BEGIN
  IF to_date - from_date > 366 * 100 THEN
    RAISE EXCEPTION 'activity partitions: % to % is more than a hundred years', from_date, to_date
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  WHILE month <= to_date LOOP
    partition := satchel.activity_partition_name(month);
    IF to_regclass('public.' || partition) IS NULL THEN
      lower_bound := month::timestamp AT TIME ZONE 'UTC';
      upper_bound := (month + interval '1 month') AT TIME ZONE 'UTC';
      SELECT EXISTS (
        SELECT FROM public.activities_default WHERE occurred_at >= lower_bound AND occurred_at < upper_bound
      ) INTO moving;
      IF moving THEN
        -- Deleting cascades to the links, so both are taken aside and put back. Nothing changes for a reader, so
        -- neither history nor sync shall see it: statements on a partition fire no triggers of the parent, and
        -- those of the links are held off.
        FOR junction IN SELECT c.name FROM satchel.object_children AS c WHERE c.parent = 'activities' AND c.is_link ORDER BY c.name LOOP
          EXECUTE format('ALTER TABLE public.%I DISABLE TRIGGER USER', junction);
        END LOOP;
        CREATE TEMP TABLE moved_activities ON COMMIT DROP AS
          SELECT * FROM public.activities_default WHERE occurred_at >= lower_bound AND occurred_at < upper_bound;
        FOR junction IN SELECT c.name FROM satchel.object_children AS c WHERE c.parent = 'activities' AND c.is_link ORDER BY c.name LOOP
          EXECUTE format(
            'CREATE TEMP TABLE %2$I ON COMMIT DROP AS
               SELECT * FROM public.%1$I WHERE (workspace_id, activity_id) IN
                 (SELECT workspace_id, id FROM moved_activities)', junction, 'moved_' || junction);
        END LOOP;
        DELETE FROM public.activities_default WHERE occurred_at >= lower_bound AND occurred_at < upper_bound;
      END IF;
      EXECUTE format('CREATE TABLE public.%I PARTITION OF public.activities FOR VALUES FROM (%L) TO (%L)',
        partition, lower_bound, upper_bound);
      -- Rows are reached through the parent and its policies; by itself a partition is open to its owner alone.
      EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', partition);
      EXECUTE format('CREATE POLICY owner_acts ON public.%I TO satchel_owner USING (true) WITH CHECK (true)', partition);
      IF moving THEN
        SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) INTO columns
        FROM pg_attribute
        WHERE attrelid = 'public.activities'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
        EXECUTE format('INSERT INTO public.%2$I (%1$s) SELECT %1$s FROM moved_activities', columns, partition);
        DROP TABLE moved_activities;
        FOR junction IN SELECT c.name FROM satchel.object_children AS c WHERE c.parent = 'activities' AND c.is_link ORDER BY c.name LOOP
          EXECUTE format('INSERT INTO public.%I SELECT * FROM %I', junction, 'moved_' || junction);
          EXECUTE format('DROP TABLE %I', 'moved_' || junction);
          EXECUTE format('ALTER TABLE public.%I ENABLE TRIGGER USER', junction);
        END LOOP;
      END IF;
      made := made + 1;
    END IF;
    month := (month + interval '1 month')::date;
  END LOOP;
  RETURN made;
END
$$;

-- The place for a month's rows of a table that is partitioned by months, for whoever copies a database table by table.
CREATE FUNCTION satchel.ensure_partition(parent regclass, month date) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF parent <> 'public.activities'::regclass THEN
    RAISE EXCEPTION 'The table % has no months', parent USING ERRCODE = 'invalid_parameter_value';
  END IF;
  PERFORM satchel.ensure_activity_partitions(month, month);
END
$$;

-- For the upkeep in a pause: the coming months, and every month that has rows in the default partition.
CREATE FUNCTION satchel.maintain_activity_partitions(months_ahead integer DEFAULT 2) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  made integer;
  month date;
BEGIN
  made := satchel.ensure_activity_partitions(today, (today + make_interval(months => months_ahead))::date);
  FOR month IN
    SELECT DISTINCT date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date FROM public.activities_default
  LOOP
    made := made + satchel.ensure_activity_partitions(month, month);
  END LOOP;
  RETURN made;
END
$$;

-- Retention: drops the partitions of months that lie wholly before `before_date`, with the links to their activities.
-- Returns the names of the partitions dropped. Not for requests: the caller must own the tables.
CREATE FUNCTION satchel.drop_activity_partitions(before_date date) RETURNS SETOF text
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  partition text;
  junction text;
  upper_bound timestamptz;
  lower_bound timestamptz;
BEGIN
  FOR partition IN
    SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'public.activities'::regclass
      AND relname ~ '^activities_y\d{4}m\d{2}$'
      AND relname < satchel.activity_partition_name(before_date)
    ORDER BY relname
  LOOP
    lower_bound := (make_date(
      substring(partition FROM 'y(\d+)m')::integer, substring(partition FROM 'm(\d{2})$')::integer, 1
    ))::timestamp AT TIME ZONE 'UTC';
    upper_bound := ((lower_bound AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
    -- A partition that is still referenced cannot be detached. Letting a month go is nobody's change: it is not in the
    -- history, and the shared workspace keeps the links.
    FOR junction IN SELECT c.name FROM satchel.object_children AS c WHERE c.parent = 'activities' AND c.is_link ORDER BY c.name LOOP
      EXECUTE format('ALTER TABLE public.%I DISABLE TRIGGER USER', junction);
      EXECUTE format('DELETE FROM public.%I WHERE occurred_at >= $1 AND occurred_at < $2', junction)
        USING lower_bound, upper_bound;
      EXECUTE format('ALTER TABLE public.%I ENABLE TRIGGER USER', junction);
    END LOOP;
    EXECUTE format('ALTER TABLE public.activities DETACH PARTITION public.%I', partition);
    EXECUTE format('DROP TABLE public.%I', partition);
    RETURN NEXT partition;
  END LOOP;
END
$$;

-- The latest day that retention has believed the clock.
CREATE TABLE satchel.retention_clock (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  today date NOT NULL
);

INSERT INTO satchel.tables (name, mark) VALUES ('satchel.retention_clock', 'local');

-- For the upkeep in a pause: drops the months that every workspace lets go. A workspace says how many months it
-- keeps in its setting `activities.keep_months`; one without the setting keeps everything, and so does this function,
-- because the partitions are shared. Returns the names of the partitions dropped.
--
-- A clock that jumps ahead by years must not drop years: from one call to the next the date counts as at most a month
-- later than the latest believed so far. After a long rest it takes some calls until everything due is dropped.
CREATE FUNCTION satchel.apply_activity_retention(today date DEFAULT (now() AT TIME ZONE 'UTC')::date) RETURNS SETOF text
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  months integer;
  believed date;
BEGIN
  INSERT INTO satchel.retention_clock AS c (today) VALUES (today)
  ON CONFLICT (is_only) DO UPDATE SET today = greatest(c.today, least(excluded.today, (c.today + interval '1 month')::date))
  RETURNING least(c.today, apply_activity_retention.today) INTO believed;

  SELECT CASE WHEN count(*) = count(kept.value) THEN max((kept.value #>> '{}')::integer) END INTO months
  FROM public.workspaces
  LEFT JOIN public.settings AS kept
    ON kept.workspace_id = workspaces.id AND kept.key = 'activities.keep_months' AND kept.user_id IS NULL
      AND NOT kept._tombstone AND jsonb_typeof(kept.value) = 'number' AND (kept.value #>> '{}')::numeric >= 1;
  IF months IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT satchel.drop_activity_partitions(
    (date_trunc('month', believed::timestamp) - make_interval(months => months))::date
  );
END
$$;

GRANT EXECUTE ON FUNCTION
  satchel.ensure_activity_partitions(date, date), satchel.maintain_activity_partitions(integer)
TO satchel_app;

RESET ROLE;
