-- What a workspace sets up for itself: settings, custom fields, saved views, tags, rates of exchange.
SET LOCAL ROLE satchel_owner;

CREATE TYPE custom_field_type AS ENUM (
  'text', 'number', 'date', 'boolean', 'select', 'multi_select', 'url', 'email', 'phone'
);

CREATE TABLE settings (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  key text NOT NULL CHECK (btrim(key) <> ''),
  value jsonb NOT NULL,
  -- Null: of the workspace. Otherwise one person's own.
  user_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid DEFAULT satchel.user_id(),
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT settings_key UNIQUE NULLS NOT DISTINCT (workspace_id, key, user_id),
  CONSTRAINT settings_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_settings_user_id ON settings (workspace_id, user_id);

CREATE TABLE custom_field_definitions (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,62}$'),
  label text NOT NULL CHECK (btrim(label) <> ''),
  type custom_field_type NOT NULL,
  -- For select and multi_select: [{"value": "...", "label": "..."}].
  options jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(options) = 'array'),
  is_required boolean NOT NULL DEFAULT false,
  -- Ranges and sorting need an expression index of their own; satchel.index_custom_field() makes it.
  is_indexed boolean NOT NULL DEFAULT false,
  is_pii boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT custom_field_definitions_key UNIQUE (workspace_id, object, key),
  -- Sealed values have no order.
  CONSTRAINT custom_field_definitions_sealed CHECK (NOT (is_pii AND is_indexed)),
  CONSTRAINT custom_field_definitions_options CHECK (
    type NOT IN ('select', 'multi_select') OR jsonb_array_length(options) > 0
  )
);

CREATE TABLE saved_views (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  owner_id uuid,
  is_shared boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  definition jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT saved_views_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_saved_views_object ON saved_views (workspace_id, object, position, id);
CREATE INDEX idx_saved_views_owner_id ON saved_views (workspace_id, owner_id);

CREATE TABLE tags (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  color text CHECK (color ~ '^#[0-9a-fA-F]{6}$'),
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(name)) STORED,
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

CREATE INDEX idx_tags_name ON tags (workspace_id, name_key);

CREATE TABLE record_tags (
  workspace_id uuid NOT NULL,
  object text NOT NULL,
  record_id uuid NOT NULL,
  tag_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, record_id, tag_id),
  CONSTRAINT record_tags_tag_fkey FOREIGN KEY (workspace_id, tag_id)
    REFERENCES tags (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_record_tags_tag_id ON record_tags (workspace_id, tag_id, object, record_id);

INSERT INTO satchel.tables (name, mark) VALUES
  ('settings', 'synced'), ('custom_field_definitions', 'synced'), ('saved_views', 'synced'), ('tags', 'synced');

INSERT INTO satchel.object_children VALUES ('record_tags', NULL, 'record_id', true, NULL, '{}');

GRANT SELECT, INSERT, UPDATE, DELETE ON settings, custom_field_definitions, saved_views, tags, record_tags TO satchel_app;

-- Of the workspace, or one's own.
SELECT satchel.protect(
  'settings',
  'user_id IS NULL OR user_id = (SELECT satchel.user_id())',
  'user_id = (SELECT satchel.user_id()) OR (user_id IS NULL AND (SELECT satchel.can(''workspace:update'')))',
  'user_id = (SELECT satchel.user_id()) OR (user_id IS NULL AND (SELECT satchel.can(''workspace:update'')))',
  'user_id = (SELECT satchel.user_id()) OR (user_id IS NULL AND (SELECT satchel.can(''workspace:update'')))'
);

SELECT satchel.protect(
  'saved_views',
  'is_shared OR owner_id = (SELECT satchel.user_id())',
  'owner_id = (SELECT satchel.user_id())',
  'owner_id = (SELECT satchel.user_id()) OR (is_shared AND (SELECT satchel.reaches_all(''saved_view:update'')))',
  'owner_id = (SELECT satchel.user_id()) OR (is_shared AND (SELECT satchel.reaches_all(''saved_view:delete'')))'
);

SELECT satchel.protect_open('custom_field_definitions', 'custom_field');

SELECT satchel.protect_open('tags', 'tag');

SELECT satchel.protect(
  'record_tags', 'satchel.sees_record(object, record_id)',
  t.tags, t.tags, t.tags
)
FROM (VALUES ('(SELECT satchel.can(''tag:read'')) AND satchel.sees_record(object, record_id)')) AS t (tags);

SELECT satchel.install_touch(name::regclass) FROM unnest(ARRAY['settings', 'custom_field_definitions', 'saved_views', 'tags']) AS name;

SELECT satchel.install_history(name::regclass) FROM unnest(ARRAY['custom_field_definitions', 'saved_views', 'tags']) AS name;

SELECT satchel.install_history('record_tags', 'record_id');

-- Whether a value fits the definition of its field. JSON null is a cleared field and fits every type.
CREATE FUNCTION satchel.custom_value_fits(type custom_field_type, options jsonb, is_pii boolean, value jsonb)
RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
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

-- Asked of a personal value before it is sealed.
GRANT EXECUTE ON FUNCTION satchel.custom_value_fits(custom_field_type, jsonb, boolean, jsonb) TO satchel_app;

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
SET search_path = pg_catalog, public, pg_temp
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
SET search_path = pg_catalog, public, pg_temp
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

-- What one unit of a currency is worth in another, from a day on until the next that is known. Its id follows from the pair and
-- the day (satchel.exchange_rate_id), so that two machines that write the same rate write one row.
CREATE TABLE exchange_rates (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  from_currency text NOT NULL CHECK (from_currency ~ '^[A-Z]{3}$'),
  to_currency text NOT NULL CHECK (to_currency ~ '^[A-Z]{3}$'),
  day date NOT NULL,
  rate numeric NOT NULL CHECK (rate > 0 AND rate < 'Infinity'),
  -- Who says so, such as a bank; null for a person.
  source text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT exchange_rates_day_key UNIQUE (workspace_id, from_currency, to_currency, day),
  CONSTRAINT exchange_rates_two_currencies CHECK (from_currency <> to_currency)
);

INSERT INTO satchel.tables (name, mark) VALUES ('exchange_rates', 'synced');

GRANT SELECT, INSERT, UPDATE, DELETE ON exchange_rates TO satchel_app;

SELECT satchel.protect('exchange_rates', 'true', t.may, t.may, t.may)
FROM (VALUES ('(SELECT satchel.can(''workspace:update''))')) AS t (may);

SELECT satchel.install_touch('exchange_rates'), satchel.install_history('exchange_rates');

CREATE FUNCTION satchel.exchange_rate_id(workspace uuid, from_currency text, to_currency text, day date) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT md5(workspace::text || ':exchange_rate:' || from_currency || to_currency || (day - '2000-01-01'::date))::uuid $$;

-- The rate of a pair on a day: the last that is known by then, of the pair or, turned round, of the opposite one. Null where
-- there is none.
CREATE FUNCTION satchel.known_exchange_rate(from_currency text, to_currency text, day date) RETURNS numeric
LANGUAGE sql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT k.rate FROM (
    (SELECT r.day, r.rate, 1 AS rank FROM exchange_rates AS r
     WHERE r.workspace_id = satchel.workspace_id() AND r.from_currency = $1 AND r.to_currency = $2 AND r.day <= $3
     ORDER BY r.day DESC LIMIT 1)
    UNION ALL
    (SELECT r.day, 1 / r.rate, 2 FROM exchange_rates AS r
     WHERE r.workspace_id = satchel.workspace_id() AND r.from_currency = $2 AND r.to_currency = $1 AND r.day <= $3
     ORDER BY r.day DESC LIMIT 1)
  ) AS k
  ORDER BY k.day DESC, k.rank
  LIMIT 1
$$;

-- The rate of a pair on a day, by way of the workspace's own currency where the pair itself has none.
CREATE FUNCTION satchel.exchange_rate(from_currency text, to_currency text, day date) RETURNS numeric
LANGUAGE sql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT CASE WHEN from_currency = to_currency THEN 1 ELSE coalesce(
    satchel.known_exchange_rate(from_currency, to_currency, day),
    (
      SELECT satchel.known_exchange_rate(from_currency, w.currency, day) * satchel.known_exchange_rate(w.currency, to_currency, day)
      FROM workspaces AS w WHERE w.id = satchel.workspace_id()
    )) END
$$;

-- An amount in another currency, at the rate of a day. Null where no rate is known.
CREATE FUNCTION satchel.convert_amount(amount numeric, from_currency text, to_currency text, day date) RETURNS numeric
LANGUAGE sql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT round(amount * satchel.exchange_rate(from_currency, to_currency, day), 4) $$;

GRANT EXECUTE ON FUNCTION
  satchel.exchange_rate_id(uuid, text, text, date), satchel.known_exchange_rate(text, text, date),
  satchel.exchange_rate(text, text, date), satchel.convert_amount(numeric, text, text, date)
TO satchel_app;

RESET ROLE;
