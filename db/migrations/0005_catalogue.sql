-- The catalogue of objects, and who sees what of it. satchel.install_object() fills it.
SET LOCAL ROLE satchel_owner;

-- The catalogue of objects: what the product keeps records of, the same in every workspace. Filled by satchel.install_object()
-- and satchel.install_child() alone; whatever is true of each object reads it.
CREATE TABLE satchel.objects (
  -- The table's, and the singular by which permissions call it.
  name text PRIMARY KEY,
  singular text NOT NULL UNIQUE,
  access text NOT NULL CHECK (access IN ('owned', 'about', 'shared', 'linked')),
  -- The columns that name the people a record belongs to, the owner first.
  people text[] NOT NULL,
  -- What a record is about, each as 'contacts.contact_id'.
  about text[] NOT NULL,
  -- Fields that only make sense together, by the name of their group.
  field_groups jsonb NOT NULL CHECK (jsonb_typeof(field_groups) = 'object'),
  -- Columns that the database writes.
  derived text[] NOT NULL,
  is_synced boolean NOT NULL,
  CONSTRAINT objects_reached CHECK ((access = 'shared') = (people = '{}'))
);

CREATE TABLE satchel.object_children (
  name text PRIMARY KEY,
  -- Null: of a record of any object.
  parent text REFERENCES satchel.objects,
  parent_column text NOT NULL,
  -- Two records put together: it has no id of its own, and the history of its parent keeps it whole.
  is_link boolean NOT NULL,
  -- The record through which a row is seen and announced, as 'accounts.account_id'.
  seen_by text,
  field_groups jsonb NOT NULL CHECK (jsonb_typeof(field_groups) = 'object')
);

-- The tables that are neither object nor child, and how each fares when a workspace is shared: `synced` with it, `derived` on
-- each machine from what is, or a machine's own (`local`). What travels `with` another table's rows is not captured by itself.
CREATE TABLE satchel.tables (
  name text PRIMARY KEY,
  mark text NOT NULL CHECK (mark IN ('synced', 'derived', 'local')),
  travels_with text,
  CONSTRAINT tables_travels CHECK (travels_with IS NULL OR mark = 'synced')
);

INSERT INTO satchel.tables (name, mark) VALUES
  ('workspaces', 'synced'), ('teams', 'synced'), ('users', 'synced'), ('roles', 'synced'), ('role_permissions', 'synced'),
  ('user_roles', 'synced'),
  -- What the product has, under the same ids everywhere.
  ('permissions', 'derived'), ('satchel.objects', 'derived'), ('satchel.object_children', 'derived'),
  ('satchel.tables', 'derived');

-- The mark of every table. A child fares as its parent does.
CREATE FUNCTION satchel.table_marks() RETURNS TABLE (name text, mark text, travels_with text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT o.name, CASE WHEN o.is_synced THEN 'synced' ELSE 'local' END, NULL FROM satchel.objects AS o
  UNION ALL
  SELECT c.name, CASE WHEN o.is_synced IS NOT FALSE THEN 'synced' ELSE 'local' END, NULL
  FROM satchel.object_children AS c LEFT JOIN satchel.objects AS o ON o.name = c.parent
  UNION ALL
  SELECT t.name, t.mark, t.travels_with FROM satchel.tables AS t
$$;

GRANT SELECT ON satchel.objects, satchel.object_children, satchel.tables TO satchel_app;

GRANT EXECUTE ON FUNCTION satchel.table_marks() TO satchel_app;

-- Writes the two functions that say whether the caller sees a record, from the catalogue. Run when it has changed.
--
-- sees_record: for tables that tell of records of every kind. A function, because as a condition of the policy each kind would
-- be planned into every statement, with its own policies, at tens of milliseconds; here the one look-up that is asked for
-- runs, from a plan that is kept. Branches and not one CASE, which would plan all its look-ups when it is first asked. The
-- caller's rights: the look-up is under their policies.
-- sees_linked_record: whether an activity is linked to a record that the caller sees. A function for the same reason.
CREATE FUNCTION satchel.generate_sight() RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $generate$
DECLARE
  branches text;
  links text;
BEGIN
  SELECT string_agg(format(
    E'  ELSIF object = %L THEN\n    RETURN EXISTS (SELECT FROM %I AS r WHERE r.workspace_id = satchel.workspace_id() AND r.id = record);\n',
    k.name, k.looked_up), '' ORDER BY k.name)
  INTO branches
  FROM (
    SELECT name, name AS looked_up FROM satchel.objects
    UNION ALL SELECT name, CASE WHEN is_link THEN parent ELSE name END FROM satchel.object_children WHERE parent IS NOT NULL
    UNION ALL VALUES ('saved_views', 'saved_views')
  ) AS k;
  SELECT string_agg(format(
    'EXISTS (SELECT FROM %I AS l WHERE l.workspace_id = satchel.workspace_id() AND l.%I = activity)', c.name, c.parent_column),
    E'\n    OR ' ORDER BY c.name)
  INTO links
  FROM satchel.object_children AS c JOIN satchel.objects AS o ON o.name = c.parent AND o.access = 'linked'
  WHERE c.is_link;
  EXECUTE format($function$
CREATE OR REPLACE FUNCTION satchel.sees_record(object text, record uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  IF object = 'tags' THEN
    RETURN true;
%s  ELSE
    RETURN false;
  END IF;
END
$body$
  $function$, branches);
  EXECUTE format($function$
CREATE OR REPLACE FUNCTION satchel.sees_linked_record(activity uuid) RETURNS boolean
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $body$
BEGIN
  RETURN %s;
END
$body$
  $function$, coalesce(links, 'false'));
END
$generate$;

SELECT satchel.generate_sight();

GRANT EXECUTE ON FUNCTION
  satchel.sees_record(text, uuid), satchel.sees_linked_record(uuid)
TO satchel_app;

-- The objects of which the caller reads every record, so that their history is read without looking at each. What is in the
-- history but is open to everybody, such as people, is told of to those who may change it.
CREATE FUNCTION satchel.objects_read_in_full() RETURNS text[]
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN ARRAY(
    WITH in_full AS MATERIALIZED (
      SELECT o.name FROM satchel.objects AS o
      WHERE CASE o.access WHEN 'shared' THEN satchel.can(o.singular || ':read') ELSE satchel.reaches_all(o.singular || ':read') END
    )
    SELECT name FROM in_full
    UNION ALL
    SELECT c.name FROM satchel.object_children AS c
    WHERE c.parent IN (SELECT name FROM in_full)
      OR (c.parent IS NULL AND (SELECT count(*) FROM in_full) = (SELECT count(*) FROM satchel.objects))
    UNION ALL
    SELECT r.name
    FROM (VALUES ('users', 'user:update'), ('teams', 'team:update'), ('custom_field_definitions', 'custom_field:update'),
      ('pipelines', 'workspace:update'), ('pipeline_stages', 'workspace:update'),
      ('exchange_rates', 'workspace:update'))
      AS r (name, permission)
    WHERE satchel.reaches_all(r.permission)
  );
END
$$;
GRANT EXECUTE ON FUNCTION satchel.objects_read_in_full() TO satchel_app;

RESET ROLE;
