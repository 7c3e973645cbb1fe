-- updated_at, and the clock stamps of field groups; triggers that look at all rows of a statement.
SET LOCAL ROLE satchel_owner;

-- Fields that only make sense together travel together in sync; every other field is a group of its own, and so is every
-- custom field.
CREATE FUNCTION satchel.field_group(target text, field text) RETURNS text
LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT coalesce(
    (
      SELECT g.key
      FROM (
        SELECT name, field_groups FROM satchel.objects UNION ALL SELECT name, field_groups FROM satchel.object_children
        UNION ALL VALUES ('users', '{"name": ["first_name", "last_name", "full_name"]}'::jsonb),
          ('custom_field_definitions', '{"type": ["type", "options"]}')
      ) AS o
      CROSS JOIN LATERAL jsonb_each(o.field_groups) AS g
      WHERE o.name = target AND g.value ? field
    ),
    CASE
      WHEN field LIKE 'address\_%' THEN 'address'
      WHEN field IN ('amount', 'annual_revenue', 'unit_price', 'currency') THEN 'money'
      ELSE field
    END)
$$;

-- Columns that a person edits: not keys, not what the database derives, not embeddings, not book-keeping.
CREATE FUNCTION satchel.business_columns(target regclass) RETURNS TABLE (name text, ordinal integer)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT attname::text, attnum::integer FROM pg_attribute
  WHERE attrelid = target AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    AND attname NOT LIKE '\_%'
    AND attname NOT IN (
      'workspace_id', 'id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'import_batch_id',
      'embedding', 'embedding_indexed', 'summary_embedding', 'summary_embedding_indexed', 'embedding_model',
      'content_hash', 'is_local', 'password_hash'
    )
    AND attname NOT IN (SELECT unnest(o.derived) FROM satchel.objects AS o WHERE o.name = target::text)
    -- The key of a link is what it links.
    AND NOT EXISTS (
      SELECT FROM satchel.object_children AS c JOIN pg_index AS i ON i.indrelid = target AND i.indisprimary
      WHERE c.name = target::text AND c.is_link AND attnum = ANY (i.indkey)
    )
  ORDER BY attnum
$$;

-- Gives a table its BEFORE UPDATE trigger. It fires when a statement names a business column, so that storing an
-- embedding neither counts as an edit nor travels; and where each keeps its value nothing was edited. A row written by
-- sync keeps the times and stamps it came with.
CREATE FUNCTION satchel.install_touch(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  columns text;
  all_news text;
  all_olds text;
  stamps text := '';
  has_stamps boolean := EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = target AND attname = '_stamps' AND NOT attisdropped);
  has_custom boolean := EXISTS (SELECT FROM satchel.business_columns(target) WHERE name = 'custom_fields');
  has_stamp boolean := EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = target AND attname = '_stamp' AND NOT attisdropped);
  has_time boolean := EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'updated_at' AND NOT attisdropped);
BEGIN
  SELECT string_agg(quote_ident(name), ', ' ORDER BY ordinal), string_agg('NEW.' || quote_ident(name), ', ' ORDER BY ordinal),
    string_agg('OLD.' || quote_ident(name), ', ' ORDER BY ordinal)
  INTO columns, all_news, all_olds
  FROM satchel.business_columns(target);
  IF has_stamps THEN
    SELECT string_agg(
      format(E'    IF ROW(%s) IS DISTINCT FROM ROW(%s) THEN\n      changed := changed || jsonb_build_object(%L, stamp);\n    END IF;\n',
        news, olds, field_group), '' ORDER BY ordinal)
    INTO stamps
    FROM (
      SELECT satchel.field_group(target::text, name) AS field_group, min(ordinal) AS ordinal,
        string_agg('NEW.' || quote_ident(name), ', ' ORDER BY ordinal) AS news,
        string_agg('OLD.' || quote_ident(name), ', ' ORDER BY ordinal) AS olds
      FROM satchel.business_columns(target)
      WHERE name <> 'custom_fields'
      GROUP BY 1
    ) AS field_groups;
    IF has_custom THEN
      stamps := stamps || $body$    IF NEW.custom_fields IS DISTINCT FROM OLD.custom_fields THEN
      SELECT changed || coalesce(jsonb_object_agg('custom_fields.' || key, stamp), '{}') INTO changed
      FROM (
        SELECT key FROM jsonb_object_keys(NEW.custom_fields || OLD.custom_fields) AS key
        WHERE NEW.custom_fields -> key IS DISTINCT FROM OLD.custom_fields -> key
      ) AS keys;
    END IF;
$body$;
    END IF;
    stamps := E'  IF stamp IS NOT NULL THEN\n' || stamps || E'    NEW._stamps := OLD._stamps || changed;\n  END IF;\n';
  ELSIF has_stamp THEN
    -- A row without groups travels whole, and so has one stamp.
    stamps := E'  NEW._stamp := coalesce(stamp, OLD._stamp);\n';
  END IF;
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = target AND attname = 'updated_by' AND NOT attisdropped) THEN
    stamps := E'  NEW.updated_by := satchel.user_id();\n' || stamps;
  END IF;
  IF has_time THEN
    stamps := E'  NEW.updated_at := now();\n' || stamps;
  END IF;
  EXECUTE format(
    $function$
CREATE OR REPLACE FUNCTION satchel.%1$I() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $body$
DECLARE
  stamp text := satchel.stamp();
  changed jsonb := '{}';
BEGIN
  IF current_setting('satchel.source', true) = 'sync' OR ROW(%3$s) IS NOT DISTINCT FROM ROW(%4$s) THEN
    RETURN NEW;
  END IF;
%2$s  RETURN NEW;
END
$body$
    $function$, 'touch_' || target::text, stamps, all_news, all_olds);
  EXECUTE format('CREATE OR REPLACE TRIGGER touch BEFORE UPDATE OF %s ON %s FOR EACH ROW EXECUTE FUNCTION satchel.%I()',
    columns, target, 'touch_' || target::text);
END
$$;

SELECT satchel.install_touch(name::regclass) FROM unnest(ARRAY['workspaces', 'teams', 'users', 'roles', 'role_permissions', 'user_roles']) AS name;

-- Gives a table a trigger that looks at all rows of a statement at once: `event` is INSERT, UPDATE or DELETE, the rows are
-- new_rows and old_rows, whichever the event has. `body` is in plpgsql and may write where the caller may not.
CREATE FUNCTION satchel.install_statement_trigger(
  target regclass, trigger_name text, event text, body text, declarations text DEFAULT ''
) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  function_name text := trigger_name || '_' || target::text;
BEGIN
  EXECUTE format(
    $function$
CREATE OR REPLACE FUNCTION satchel.%1$I() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC'
AS $body$
DECLARE
%2$s
BEGIN
%3$s
  RETURN NULL;
END
$body$
    $function$, function_name, declarations, body);
  EXECUTE format('ALTER FUNCTION satchel.%I() OWNER TO satchel_owner', function_name);
  EXECUTE format('REVOKE EXECUTE ON FUNCTION satchel.%I() FROM PUBLIC', function_name);
  EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION satchel.%I()',
    trigger_name, event, target,
    concat_ws(' ', CASE WHEN event <> 'INSERT' THEN 'OLD TABLE AS old_rows' END,
      CASE WHEN event <> 'DELETE' THEN 'NEW TABLE AS new_rows' END),
    function_name);
END
$$;

-- A team is not part of itself, by however many steps. What sync brings is taken as it is: each laptop may be right.
SELECT satchel.install_statement_trigger('teams', 'no_circle_' || lower(event), event, $$
  IF satchel.source() = 'sync' THEN
    RETURN NULL;
  END IF;
  WITH RECURSIVE above AS (
    SELECT n.workspace_id, n.id AS team, n.parent_team_id AS id FROM new_rows AS n WHERE n.parent_team_id IS NOT NULL
    UNION
    SELECT a.workspace_id, a.team, t.parent_team_id
    FROM above AS a JOIN teams AS t ON t.workspace_id = a.workspace_id AND t.id = a.id
    WHERE t.parent_team_id IS NOT NULL
  )
  SELECT a.team INTO circular FROM above AS a WHERE a.id = a.team LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'The team % would be part of itself', circular
      USING ERRCODE = 'check_violation', CONSTRAINT = 'teams_no_circle', TABLE = TG_TABLE_NAME, COLUMN = 'parent_team_id';
  END IF;
$$, '  circular uuid;')
FROM unnest(ARRAY['INSERT', 'UPDATE']) AS event;

RESET ROLE;
