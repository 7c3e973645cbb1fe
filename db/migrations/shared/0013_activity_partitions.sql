-- The months of the activities: made ahead of time and for imported history, dropped by retention.
SET LOCAL ROLE satchel_owner;

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
