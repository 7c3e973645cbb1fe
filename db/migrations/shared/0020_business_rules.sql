-- Rules that hold whatever program writes: the stages' dates and their history, the arithmetic of quotes, custom fields,
-- and that only what lies in the trash is deleted for good.
SET LOCAL ROLE satchel_owner;

-- Stages

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

SELECT satchel.install_statement_trigger('opportunities', 'stage_insert', 'INSERT', $$
  INSERT INTO opportunity_stage_history (workspace_id, id, opportunity_id, to_stage, changed_at, changed_by, amount, currency)
  SELECT workspace_id, satchel.new_id(), id, stage, coalesce(closed_at, created_at), satchel.user_id(), amount, currency
  FROM new_rows;
$$);
SELECT satchel.install_statement_trigger('opportunities', 'stage_update', 'UPDATE', $$
  INSERT INTO opportunity_stage_history
    (workspace_id, id, opportunity_id, from_stage, to_stage, changed_at, changed_by, amount, currency)
  SELECT n.workspace_id, satchel.new_id(), n.id, o.stage, n.stage, now(), satchel.user_id(), n.amount, n.currency
  FROM new_rows AS n
  JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id
  WHERE o.stage IS DISTINCT FROM n.stage;
$$);

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

-- Writing a total makes the trigger above count again; that is no edit of the quote. A line that moves to another quote
-- leaves one behind.
SELECT satchel.install_statement_trigger('quote_line_items', 'total_' || lower(t.event), t.event, format(
  '  UPDATE quotes AS q SET total = 0 WHERE (q.workspace_id, q.id) IN (%s);', t.lines))
FROM (VALUES
  ('INSERT', 'SELECT workspace_id, quote_id FROM new_rows'),
  ('UPDATE', 'SELECT workspace_id, quote_id FROM new_rows UNION SELECT workspace_id, quote_id FROM old_rows'),
  ('DELETE', 'SELECT workspace_id, quote_id FROM old_rows')
) AS t (event, lines);

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
    -- As shared/values.ts has it; each space is named, since servers do not agree on which of them `\s` is.
    WHEN 'email' THEN
      RETURN kind = 'string' AND content ~ '^[^@]+@[^@]+$'
        AND content !~ '[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff<>,]';
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

-- The application says it in words, by the rule in the details: unknown_field, unfit_value or required_field.
CREATE FUNCTION satchel.refuse_custom_field(target text, record uuid, key text, rule text) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION 'The custom field "%" of % breaks the rule %', key, target, rule
    USING ERRCODE = 'check_violation', CONSTRAINT = target || '_custom_fields', COLUMN = key, TABLE = target,
      DETAIL = jsonb_build_object('rule', rule, 'field', key, 'record', record)::text;
END
$$;

-- Checks the rows of a statement against the definitions: keys that nobody defined, values that do not fit, and required
-- fields left empty. Costs one scan of the changed rows where nothing is filled in. Of an update only what changed is
-- checked: a definition made later must not stand in the way of other edits.
CREATE FUNCTION satchel.install_custom_field_check(target text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
DECLARE
  event text;
BEGIN
  FOREACH event IN ARRAY ARRAY['INSERT', 'UPDATE'] LOOP
    PERFORM satchel.install_statement_trigger(target::regclass, 'check_custom_fields_' || lower(event), event, format(
      $body$
  SELECT n.id, e.key, d.id IS NULL AS unknown INTO bad
  FROM new_rows AS n
  %2$s
  CROSS JOIN LATERAL jsonb_each(n.custom_fields) AS e
  LEFT JOIN custom_field_definitions AS d ON d.workspace_id = n.workspace_id AND d.object = %1$L AND d.key = e.key
  WHERE %3$s
    AND (d.id IS NULL OR NOT satchel.custom_value_fits(d.type, d.options, d.is_pii, e.value))
  LIMIT 1;
  IF FOUND THEN
    PERFORM satchel.refuse_custom_field(%1$L, bad.id, bad.key,
      CASE WHEN bad.unknown THEN 'unknown_field' ELSE 'unfit_value' END);
  END IF;
  IF satchel.source() <> 'sync' THEN
    SELECT n.id, d.key INTO bad
    FROM custom_field_definitions AS d
    JOIN new_rows AS n ON n.workspace_id = d.workspace_id
    %2$s
    WHERE d.object = %1$L AND d.is_required AND d.deleted_at IS NULL
      AND coalesce(jsonb_typeof(n.custom_fields -> d.key), 'null') = 'null'
      %4$s
    LIMIT 1;
    IF FOUND THEN
      PERFORM satchel.refuse_custom_field(%1$L, bad.id, bad.key, 'required_field');
    END IF;
  END IF;
      $body$, target,
      CASE event WHEN 'UPDATE' THEN 'JOIN old_rows AS o ON o.workspace_id = n.workspace_id AND o.id = n.id' ELSE '' END,
      CASE event WHEN 'UPDATE' THEN 'n.custom_fields IS DISTINCT FROM o.custom_fields AND e.value IS DISTINCT FROM o.custom_fields -> e.key'
        ELSE 'n.custom_fields <> ''{}''' END,
      CASE event WHEN 'UPDATE' THEN 'AND coalesce(jsonb_typeof(o.custom_fields -> d.key), ''null'') <> ''null''' ELSE '' END),
      '  bad record;');
  END LOOP;
END
$$;

-- What is said of an object is said of one that there is.
SELECT satchel.install_statement_trigger(t.target::regclass, 'of_object_' || lower(t.event), t.event, $$
  SELECT n.object INTO unknown FROM new_rows AS n
  WHERE n.object NOT IN (SELECT o.name FROM satchel.objects AS o) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'There is no object %', unknown USING ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME;
  END IF;
$$, '  unknown text;')
FROM (VALUES ('custom_field_definitions', 'INSERT'), ('custom_field_definitions', 'UPDATE'), ('record_tags', 'INSERT'),
  ('record_tags', 'UPDATE')) AS t (target, event);

-- Ranges over a custom field, and sorting by it, need an index of their own; equality is served by containment. JSON values
-- of one type compare as the type does, so that numbers, dates and texts need no cast.
CREATE FUNCTION satchel.index_custom_field(target text, field text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
SET client_min_messages = warning
AS $$
BEGIN
  IF NOT satchel.can('custom_field:update') THEN
    RAISE EXCEPTION 'Your role does not allow changing custom fields' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF field !~ '^[a-z][a-z0-9_]{0,62}$' THEN
    RAISE EXCEPTION 'Not the key of a custom field: %', field USING ERRCODE = 'invalid_parameter_value';
  ELSIF NOT EXISTS (SELECT FROM satchel.objects AS o WHERE o.name = target) THEN
    RAISE EXCEPTION 'There is no object %', target USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I (workspace_id, (custom_fields -> %L), id) WHERE custom_fields ? %L',
    'idx_' || target || '_custom_' || left(md5(field), 12), target, field, field);
END
$$;
GRANT EXECUTE ON FUNCTION satchel.index_custom_field(text, text) TO satchel_app;

-- Trash

-- What is deleted for good must lie in the trash, also where it goes along with something else: an account is not purged
-- while deals hang on it that nobody threw away. What is only about a record goes along with it from wherever it lies.
-- Reverting an import removes what it made and nobody touched since without that detour: writing 100,000 rows into the
-- trash first would cost as much as importing them.
CREATE FUNCTION satchel.install_trash_rule(target text, about text[]) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $function$
DECLARE
  still_there text;
BEGIN
  SELECT string_agg(format(
    E'\n    AND (o.%2$I IS NULL OR EXISTS (SELECT FROM %1$I AS p WHERE p.workspace_id = o.workspace_id AND p.id = o.%2$I))',
    split_part(a, '.', 1), split_part(a, '.', 2)), '')
  INTO still_there
  FROM unnest(about) AS a;
  PERFORM satchel.install_statement_trigger(target::regclass, 'only_from_trash', 'DELETE', format($$
  SELECT o.id INTO live FROM old_rows AS o
  WHERE o.deleted_at IS NULL AND EXISTS (SELECT FROM workspaces AS w WHERE w.id = o.workspace_id)
    AND NOT EXISTS (
      SELECT FROM import_batches AS b
      WHERE b.workspace_id = o.workspace_id AND b.status = 'reverting' AND b.id = o.import_batch_id
    )%s
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Only what is in the trash can be deleted for good; move it there first (%%: %%)', TG_TABLE_NAME, live
      USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
  END IF;
$$, coalesce(still_there, '')), '  live uuid;');
END
$function$;

-- What is kept of a record of any kind has no foreign key to it, so it goes with it by this: tags, passages of its text,
-- its summary, its turn to be embedded, and the pairs it was suspected to be a duplicate in.
CREATE FUNCTION satchel.install_forgetting(target text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $function$
BEGIN
  PERFORM satchel.install_statement_trigger(target::regclass, 'forget_derived', 'DELETE', format($$
  FOR workspace, ids IN SELECT o.workspace_id, array_agg(o.id) FROM old_rows AS o GROUP BY o.workspace_id LOOP
    DELETE FROM record_tags WHERE workspace_id = workspace AND record_id = ANY (ids);
    DELETE FROM passages WHERE workspace_id = workspace AND record_id = ANY (ids);
    DELETE FROM summaries WHERE workspace_id = workspace AND object = %1$L AND record_id = ANY (ids);
    DELETE FROM embedding_queue WHERE workspace_id = workspace AND object = %1$L AND record_id = ANY (ids);
    DELETE FROM duplicate_candidates WHERE workspace_id = workspace AND object = %1$L AND record_a = ANY (ids);
    DELETE FROM duplicate_candidates WHERE workspace_id = workspace AND record_b = ANY (ids);
  END LOOP;
$$, target), E'  workspace uuid;\n  ids uuid[];');
END
$function$;

RESET ROLE;
