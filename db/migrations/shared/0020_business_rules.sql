-- Rules that hold whatever program writes: the stages' dates and their history, the arithmetic of quotes, custom fields,
-- and that only what lies in the trash is deleted for good.
SET LOCAL ROLE satchel_owner;

-- Stages

-- A deal that closes has a moment of closing, one that is reopened has none.
CREATE FUNCTION satchel.close_opportunity() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
BEGIN
  IF NEW.stage IN ('closed_won', 'closed_lost') THEN
    NEW.closed_at := coalesce(NEW.closed_at, NEW.close_date::timestamp AT TIME ZONE 'UTC', now());
  ELSE
    NEW.closed_at := NULL;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER close_on_insert BEFORE INSERT ON opportunities FOR EACH ROW
  WHEN (NEW.stage IN ('closed_won', 'closed_lost') OR NEW.closed_at IS NOT NULL)
  EXECUTE FUNCTION satchel.close_opportunity();
-- Named to run before the stamps are given, so that they see the date.
CREATE TRIGGER close_on_update BEFORE UPDATE OF stage ON opportunities FOR EACH ROW
  WHEN (OLD.stage IS DISTINCT FROM NEW.stage)
  EXECUTE FUNCTION satchel.close_opportunity();

CREATE FUNCTION satchel.record_first_stage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
BEGIN
  INSERT INTO opportunity_stage_history (workspace_id, id, opportunity_id, to_stage, changed_at, changed_by, amount, currency)
  SELECT workspace_id, satchel.new_id(), id, stage, coalesce(closed_at, created_at), satchel.user_id(), amount, currency
  FROM new_rows;
  RETURN NULL;
END
$$;
CREATE FUNCTION satchel.record_stage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
BEGIN
  INSERT INTO opportunity_stage_history
    (workspace_id, id, opportunity_id, from_stage, to_stage, changed_at, changed_by, amount, currency)
  SELECT n.workspace_id, satchel.new_id(), n.id, o.stage, n.stage, now(), satchel.user_id(), n.amount, n.currency
  FROM new_rows AS n
  JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id
  WHERE o.stage IS DISTINCT FROM n.stage;
  RETURN NULL;
END
$$;
CREATE TRIGGER stage_insert AFTER INSERT ON opportunities REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION satchel.record_first_stage();
CREATE TRIGGER stage_update AFTER UPDATE ON opportunities REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION satchel.record_stage();

-- Quotes

-- Tax is on what remains of each line after the quote's own discount, which is spread over the lines by their value.
CREATE FUNCTION satchel.total_quote() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
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

-- Writing a total makes the trigger above count again; that is no edit of the quote.
CREATE FUNCTION satchel.total_quotes_of_new_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
BEGIN
  UPDATE quotes AS q SET total = 0
  WHERE (q.workspace_id, q.id) IN (SELECT workspace_id, quote_id FROM new_rows);
  RETURN NULL;
END
$$;
CREATE FUNCTION satchel.total_quotes_of_old_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
BEGIN
  UPDATE quotes AS q SET total = 0
  WHERE (q.workspace_id, q.id) IN (SELECT workspace_id, quote_id FROM old_rows);
  RETURN NULL;
END
$$;
CREATE TRIGGER total_insert AFTER INSERT ON quote_line_items REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION satchel.total_quotes_of_new_lines();
CREATE TRIGGER total_update AFTER UPDATE ON quote_line_items REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION satchel.total_quotes_of_new_lines();
-- A line that moves to another quote leaves one behind.
CREATE TRIGGER total_update_old AFTER UPDATE ON quote_line_items REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION satchel.total_quotes_of_old_lines();
CREATE TRIGGER total_delete AFTER DELETE ON quote_line_items REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION satchel.total_quotes_of_old_lines();

-- Custom fields

-- Whether a value fits the definition of its field. JSON null is a cleared field and fits every type.
CREATE FUNCTION satchel.custom_value_fits(type custom_field_type, options jsonb, is_pii boolean, value jsonb)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public
AS $$
DECLARE
  kind text := jsonb_typeof(value);
  content text := value #>> '{}';
BEGIN
  IF kind = 'null' THEN
    RETURN true;
  ELSIF is_pii THEN
    -- Encrypted by satchel.encrypt_pii_text(); anything readable is refused.
    RETURN kind = 'string' AND content LIKE 'pgp:%';
  END IF;
  CASE type
    WHEN 'text' THEN RETURN kind = 'string';
    WHEN 'number' THEN RETURN kind = 'number';
    WHEN 'boolean' THEN RETURN kind = 'boolean';
    WHEN 'date' THEN
      IF kind <> 'string' OR content !~ '^\d{4}-\d{2}-\d{2}$' THEN
        RETURN false;
      END IF;
      BEGIN
        PERFORM content::date;
        RETURN true;
      EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
        RETURN false;
      END;
    WHEN 'url' THEN RETURN kind = 'string' AND content ~* '^https?://\S+$';
    WHEN 'email' THEN RETURN kind = 'string' AND content ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$';
    WHEN 'phone' THEN RETURN kind = 'string' AND length(satchel.digits(content)) >= 3;
    WHEN 'select' THEN
      RETURN kind = 'string' AND options @> jsonb_build_array(jsonb_build_object('value', content));
    WHEN 'multi_select' THEN
      RETURN kind = 'array' AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(value) AS e
        WHERE jsonb_typeof(e) <> 'string' OR NOT options @> jsonb_build_array(jsonb_build_object('value', e #>> '{}'))
      );
  END CASE;
END
$$;

CREATE FUNCTION satchel.refuse_custom_field(target text, record uuid, key text, reason text) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION 'The custom field "%" of % %', key, target, reason
    USING ERRCODE = 'check_violation', CONSTRAINT = target || '_custom_fields', COLUMN = key, TABLE = target,
      DETAIL = 'Record ' || record;
END
$$;

-- Checks the rows of a statement against the definitions: keys that nobody defined, values that do not fit, and required
-- fields left empty. Costs one scan of the changed rows where nothing is filled in.
CREATE FUNCTION satchel.check_custom_fields_inserted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
DECLARE
  bad record;
BEGIN
  SELECT n.id, e.key, d.id IS NULL AS unknown INTO bad
  FROM new_rows AS n
  CROSS JOIN LATERAL jsonb_each(n.custom_fields) AS e
  LEFT JOIN custom_field_definitions AS d
    ON d.workspace_id = n.workspace_id AND d.object::text = TG_ARGV[0] AND d.key = e.key
  WHERE n.custom_fields <> '{}' AND (d.id IS NULL OR NOT satchel.custom_value_fits(d.type, d.options, d.is_pii, e.value))
  LIMIT 1;
  IF FOUND THEN
    PERFORM satchel.refuse_custom_field(TG_ARGV[0], bad.id, bad.key,
      CASE WHEN bad.unknown THEN 'is not defined' ELSE 'does not take this value' END);
  END IF;
  IF satchel.source() <> 'sync' THEN
    SELECT n.id, d.key INTO bad
    FROM custom_field_definitions AS d
    JOIN new_rows AS n ON n.workspace_id = d.workspace_id
    WHERE d.object::text = TG_ARGV[0] AND d.is_required AND d.deleted_at IS NULL
      AND coalesce(jsonb_typeof(n.custom_fields -> d.key), 'null') = 'null'
    LIMIT 1;
    IF FOUND THEN
      PERFORM satchel.refuse_custom_field(TG_ARGV[0], bad.id, bad.key, 'must be filled in');
    END IF;
  END IF;
  RETURN NULL;
END
$$;
CREATE FUNCTION satchel.check_custom_fields_updated() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
DECLARE
  bad record;
BEGIN
  -- Only what changed: a definition made later must not stand in the way of other edits.
  SELECT n.id, e.key, d.id IS NULL AS unknown INTO bad
  FROM new_rows AS n
  JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id
  CROSS JOIN LATERAL jsonb_each(n.custom_fields) AS e
  LEFT JOIN custom_field_definitions AS d
    ON d.workspace_id = n.workspace_id AND d.object::text = TG_ARGV[0] AND d.key = e.key
  WHERE n.custom_fields IS DISTINCT FROM o.custom_fields
    AND e.value IS DISTINCT FROM o.custom_fields -> e.key
    AND (d.id IS NULL OR NOT satchel.custom_value_fits(d.type, d.options, d.is_pii, e.value))
  LIMIT 1;
  IF FOUND THEN
    PERFORM satchel.refuse_custom_field(TG_ARGV[0], bad.id, bad.key,
      CASE WHEN bad.unknown THEN 'is not defined' ELSE 'does not take this value' END);
  END IF;
  IF satchel.source() <> 'sync' THEN
    SELECT n.id, d.key INTO bad
    FROM new_rows AS n
    JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id
    JOIN custom_field_definitions AS d ON d.workspace_id = n.workspace_id
    WHERE n.custom_fields IS DISTINCT FROM o.custom_fields
      AND d.object::text = TG_ARGV[0] AND d.is_required AND d.deleted_at IS NULL
      AND coalesce(jsonb_typeof(n.custom_fields -> d.key), 'null') = 'null'
      AND coalesce(jsonb_typeof(o.custom_fields -> d.key), 'null') <> 'null'
    LIMIT 1;
    IF FOUND THEN
      PERFORM satchel.refuse_custom_field(TG_ARGV[0], bad.id, bad.key, 'must be filled in');
    END IF;
  END IF;
  RETURN NULL;
END
$$;

-- Ranges over a custom field, and sorting by it, need an index of their own; equality is served by containment. JSON values
-- of one type compare as the type does, so that numbers, dates and texts need no cast.
CREATE FUNCTION satchel.index_custom_field(target record_object, field text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
SET client_min_messages = warning
AS $$
BEGIN
  IF NOT satchel.can('custom_field:update') AND satchel.workspace_id() IS NOT NULL THEN
    RAISE EXCEPTION 'Your role does not allow changing custom fields' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF field !~ '^[a-z][a-z0-9_]{0,62}$' THEN
    RAISE EXCEPTION 'Not the key of a custom field: %', field USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I (workspace_id, (custom_fields -> %L), id) WHERE custom_fields ? %L',
    'idx_' || target || '_custom_' || left(md5(field), 12), target, field, field);
END
$$;
GRANT EXECUTE ON FUNCTION satchel.index_custom_field(record_object, text) TO satchel_app;

DO $$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY enum_range(NULL::record_object)::text[] LOOP
    EXECUTE format('CREATE TRIGGER check_custom_fields_insert AFTER INSERT ON %1$I REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION satchel.check_custom_fields_inserted(%1$L)', target);
    EXECUTE format('CREATE TRIGGER check_custom_fields_update AFTER UPDATE ON %1$I
      REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION satchel.check_custom_fields_updated(%1$L)', target);
  END LOOP;
END
$$;

-- Trash

-- What is deleted for good must lie in the trash, also where it goes along with something else: an account is not purged
-- while deals hang on it that nobody threw away.
CREATE FUNCTION satchel.only_from_trash() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
DECLARE
  live uuid;
BEGIN
  SELECT o.id INTO live FROM old_rows AS o
  WHERE o.deleted_at IS NULL AND EXISTS (SELECT FROM workspaces AS w WHERE w.id = o.workspace_id)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Only what is in the trash can be deleted for good; move it there first (%: %)', TG_TABLE_NAME, live
      USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END
$$;
DO $$
DECLARE
  target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['accounts', 'contacts', 'leads', 'products', 'opportunities', 'cases', 'activities'] LOOP
    EXECUTE format('CREATE TRIGGER only_from_trash AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
      FOR EACH STATEMENT EXECUTE FUNCTION satchel.only_from_trash()', target);
  END LOOP;
END
$$;

RESET ROLE;
