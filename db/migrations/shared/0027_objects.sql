-- The catalogue of objects is filled: each object and child is installed, by one call, with everything that a table of records
-- needs. What stands here is true of all of them; what only one has stands with its table.
SET LOCAL ROLE satchel_owner;

-- What a table lacks to be an object: every list, search, import, undo and synchronisation relies on these columns.
CREATE FUNCTION satchel.check_object_shape(target regclass, is_listed boolean, named_columns text[]) RETURNS text[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, public
AS $$
  SELECT coalesce(array_agg(trim(r.name || ' ' || coalesce(r.type, '')) ORDER BY r.position), '{}')
  FROM (
    SELECT c.name, c.type, c.position FROM (VALUES
      ('workspace_id', 'uuid', 1, true), ('id', 'uuid', 2, true), ('name_key', 'text', 3, is_listed),
      ('search_text', 'text', 4, is_listed), ('custom_fields', 'jsonb', 5, true), ('import_batch_id', 'uuid', 6, true),
      ('created_at', 'timestamp with time zone', 7, true), ('updated_at', 'timestamp with time zone', 8, true),
      ('created_by', 'uuid', 9, true), ('deleted_at', 'timestamp with time zone', 10, true), ('_stamp', 'text', 11, true),
      ('_stamps', 'jsonb', 12, true), ('_tombstone', 'boolean', 13, true), ('_seq', 'bigint', 14, true)
    ) AS c (name, type, position, is_needed)
    WHERE c.is_needed
    UNION ALL
    SELECT n.name, NULL, 20 FROM unnest(named_columns) AS n (name)
  ) AS r
  WHERE NOT EXISTS (
    SELECT FROM pg_attribute AS a
    WHERE a.attrelid = target AND a.attname = r.name AND NOT a.attisdropped
      AND (r.type IS NULL OR format_type(a.atttypid, NULL) = r.type)
  )
$$;

-- The indexes that every list of records needs: by name, by time, the trash, search and custom fields. A table may bring a wider
-- one of the same name. Records without custom fields stay out of their index, which would cost as much as two others.
CREATE FUNCTION satchel.install_list_indexes(object text, owner_column text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
SET client_min_messages = warning
AS $$
DECLARE
  included text := CASE WHEN owner_column IS NULL THEN '' ELSE format(' INCLUDE (%I)', owner_column) END;
  sorted text;
BEGIN
  FOREACH sorted IN ARRAY ARRAY['name_key', 'created_at', 'updated_at'] LOOP
    EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I (workspace_id, %I, id)%s WHERE deleted_at IS NULL',
      'idx_' || object || '_' || sorted, object, sorted, included);
  END LOOP;
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I (workspace_id, deleted_at DESC, id) WHERE deleted_at IS NOT NULL',
    'idx_' || object || '_trash', object);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I USING gin (search_text gin_trgm_ops)',
    'idx_' || object || '_search', object);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON public.%I USING gin (custom_fields jsonb_path_ops) WHERE custom_fields <> ''{}''',
    'idx_' || object || '_custom_fields_gin', object);
END
$$;

-- The condition under which the caller sees a record because of one that it is about.
CREATE FUNCTION satchel.visible_condition(o satchel.objects) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, public
AS $$
  SELECT CASE WHEN o.access = 'linked' THEN 'satchel.sees_linked_record(id)'
    ELSE satchel.parent_condition(o.name, VARIADIC o.about) END
$$;

-- The condition that a permission reaches the record a row belongs to, whose own access decides.
CREATE FUNCTION satchel.reached_parent_condition(permission text, child text, parent_column text, parent satchel.objects) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, public
AS $$
  SELECT CASE WHEN parent.access = 'shared' THEN format('(SELECT satchel.can(%L))', permission)
  ELSE format(
    'EXISTS (SELECT FROM public.%1$I AS parent WHERE parent.workspace_id = %2$I.workspace_id AND parent.id = %2$I.%3$I AND (%4$s))',
    parent.name, child, parent_column,
    format('(SELECT satchel.reaches_all(%L))', permission) || (
      SELECT string_agg(format(' OR parent.%I = ANY ((SELECT satchel.reached_owners(%L))::uuid[])', c, permission), '')
      FROM unnest(parent.people) AS c))
  END
$$;

CREATE FUNCTION satchel.protect_object(o satchel.objects, conditions jsonb) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
DECLARE
  reads text := o.singular || ':read';
  creates text := o.singular || ':create';
  updates text := o.singular || ':update';
  deletes text := o.singular || ':delete';
  read_if text;
  create_if text;
  update_if text;
  delete_if text;
BEGIN
  CASE o.access
    -- Shared by the whole workspace: the permission alone decides.
    WHEN 'shared' THEN
      read_if := format('(SELECT satchel.can(%L))', reads);
      create_if := format('(SELECT satchel.can(%L))', creates);
      update_if := format('(SELECT satchel.can(%L))', updates);
      delete_if := format('(SELECT satchel.can(%L))', deletes);
    WHEN 'owned' THEN
      read_if := satchel.reach_condition(reads, VARIADIC o.people);
      create_if := satchel.reach_condition(creates, VARIADIC o.people);
      update_if := satchel.reach_condition(updates, VARIADIC o.people);
    -- What a person does, about records.
    ELSE
      read_if := satchel.reach_condition(reads, VARIADIC o.people) || ' OR ' || satchel.visible_condition(o);
      create_if := format('(SELECT satchel.can(%L)) AND (%s)', creates,
        satchel.reach_condition(creates, VARIADIC o.people) || ' OR ' || satchel.visible_condition(o));
      update_if := satchel.reach_condition(updates, VARIADIC o.people);
  END CASE;
  -- Deleting for good; deleting into the trash is an update.
  delete_if := coalesce(delete_if, format('(SELECT satchel.can(%L)) AND (%s)', 'record:purge',
    satchel.reach_condition(deletes, VARIADIC o.people)));
  PERFORM satchel.protect(o.name::regclass, coalesce(conditions ->> 'read', read_if),
    coalesce(conditions ->> 'create', create_if), coalesce(conditions ->> 'update', update_if),
    coalesce(conditions ->> 'delete', delete_if));
END
$$;

-- What every table of records and every child has: rights, stamps, history and, on a laptop, notification and capture.
CREATE FUNCTION satchel.install_tracking(target text, record text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
BEGIN
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON public.%I TO satchel_app', target);
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = target::regclass AND attname = 'updated_at' AND NOT attisdropped) THEN
    PERFORM satchel.install_touch(target::regclass);
  END IF;
  PERFORM satchel.install_history(target::regclass, record);
  -- The laptop's own migrations ask the catalogue for what was installed before them.
  IF to_regprocedure('satchel.install_on_laptop(text)') IS NOT NULL THEN
    EXECUTE format('SELECT satchel.install_on_laptop(%L)', target);
  END IF;
END
$$;

-- Makes a table an object of the product. `access` says how far its permissions reach: `owned` by the people in its columns
-- `people`; `about` records, each named as 'contacts.contact_id', through which it is seen too; `shared` by the workspace; or
-- `linked` to records by children, as activities are. `field_groups` names fields that travel together, `derived` columns
-- that the database writes. `conditions` replaces single conditions of its policies, by command.
CREATE FUNCTION satchel.install_object(
  object text, singular text, access text, people text[] DEFAULT '{}', about text[] DEFAULT '{}', field_groups jsonb DEFAULT '{}',
  derived text[] DEFAULT '{}', conditions jsonb DEFAULT '{}', is_synced boolean DEFAULT true
) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
DECLARE
  o satchel.objects;
  lacking text[] := satchel.check_object_shape(object::regclass, access <> 'linked',
    people || ARRAY(SELECT split_part(a, '.', 2) FROM unnest(about) AS a));
BEGIN
  IF lacking <> '{}' THEN
    RAISE EXCEPTION 'The table % is no object yet: it lacks %', object, array_to_string(lacking, ', ')
      USING ERRCODE = 'undefined_column';
  END IF;
  INSERT INTO satchel.objects VALUES (object, singular, access, people, about, field_groups, derived, is_synced) RETURNING * INTO o;
  PERFORM satchel.protect_object(o, conditions);
  PERFORM satchel.install_tracking(object, 'id');
  PERFORM satchel.install_custom_field_check(object);
  PERFORM satchel.install_trash_rule(object, about);
  PERFORM satchel.install_forgetting(object);
  IF access <> 'linked' THEN
    PERFORM satchel.install_list_indexes(object, CASE access WHEN 'owned' THEN people[1] END);
  END IF;
  PERFORM satchel.generate_sight();
  PERFORM satchel.seed_permissions(w.id, singular) FROM workspaces AS w
  WHERE NOT EXISTS (SELECT FROM permissions AS p WHERE p.workspace_id = w.id AND p.object = singular);
END
$$;

-- Makes a table the child of an object: its rows belong to the record in `parent_column` and are told of in its history where
-- they are links, which have no id of their own. `seen_by` names the record through which a row is seen and announced, if
-- it is not the parent.
CREATE FUNCTION satchel.install_child(
  child text, parent text, parent_column text, is_link boolean DEFAULT false, seen_by text DEFAULT NULL,
  field_groups jsonb DEFAULT '{}', conditions jsonb DEFAULT '{}'
) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public
AS $$
DECLARE
  c satchel.object_children;
  o satchel.objects;
  seen_through satchel.objects;
  read_if text;
  write_if text;
BEGIN
  INSERT INTO satchel.object_children
  VALUES (child, parent, parent_column, is_link, coalesce(seen_by, parent || '.' || parent_column), field_groups) RETURNING * INTO c;
  SELECT * INTO STRICT o FROM satchel.objects WHERE name = c.parent;
  SELECT * INTO STRICT seen_through FROM satchel.objects WHERE name = split_part(c.seen_by, '.', 1);
  read_if := satchel.parent_condition(c.name, c.seen_by);
  IF c.is_link THEN
    read_if := format('(SELECT satchel.reaches_all(%L)) OR ', seen_through.singular || ':read') || read_if;
  END IF;
  -- Whoever sees a record may link an activity to it; who takes part in an opportunity is its owner's to say.
  write_if := CASE WHEN o.access = 'linked' THEN
    format('(SELECT satchel.can(%L)) AND ', o.singular || ':create') || satchel.parent_condition(c.name, c.seen_by)
  ELSE satchel.reached_parent_condition(o.singular || ':update', c.name, c.parent_column, o) END;
  PERFORM satchel.protect(c.name::regclass, coalesce(conditions ->> 'read', read_if), coalesce(conditions ->> 'write', write_if),
    coalesce(conditions ->> 'write', write_if), coalesce(conditions ->> 'write', write_if));
  PERFORM satchel.install_tracking(c.name, CASE WHEN c.is_link THEN c.parent_column ELSE 'id' END);
  PERFORM satchel.generate_sight();
END
$$;

-- What activities are about is given by the links that are installed as their children.
SELECT satchel.install_object('accounts', 'account', access => 'owned', people => '{owner_id}');
SELECT satchel.install_object('contacts', 'contact', access => 'owned', people => '{owner_id}',
  field_groups => '{"name": ["salutation", "first_name", "last_name"]}');
SELECT satchel.install_object('leads', 'lead', access => 'owned', people => '{owner_id}', field_groups => '{
  "name": ["first_name", "last_name"],
  "status": ["status", "converted_at", "converted_account_id", "converted_contact_id", "converted_opportunity_id"]}');
SELECT satchel.install_object('products', 'product', access => 'shared');
SELECT satchel.install_object('opportunities', 'opportunity', access => 'owned', people => '{owner_id}',
  field_groups => '{"stage": ["stage", "probability", "close_date", "closed_at", "won_reason", "lost_reason"]}');
SELECT satchel.install_child('opportunity_participants', 'opportunities', 'opportunity_id', is_link => true);
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
SELECT satchel.install_object('cases', 'case', access => 'owned', people => '{owner_id}',
  field_groups => '{"status": ["status", "resolution", "resolved_at"]}');
SELECT satchel.install_object('activities', 'activity', access => 'linked', people => '{user_id}');
SELECT satchel.install_child('activity_accounts', 'activities', 'activity_id', is_link => true, seen_by => 'accounts.account_id');
SELECT satchel.install_child('activity_contacts', 'activities', 'activity_id', is_link => true, seen_by => 'contacts.contact_id');
SELECT satchel.install_child('activity_opportunities', 'activities', 'activity_id', is_link => true,
  seen_by => 'opportunities.opportunity_id');
SELECT satchel.install_child('activity_cases', 'activities', 'activity_id', is_link => true, seen_by => 'cases.case_id');
SELECT satchel.install_object('notes', 'note', access => 'about', people => '{user_id}',
  about => '{contacts.contact_id,accounts.account_id,opportunities.opportunity_id,cases.case_id}');
SELECT satchel.install_object('tasks', 'task', access => 'about', people => '{assigned_to_id,created_by}',
  about => '{contacts.contact_id,accounts.account_id,opportunities.opportunity_id,cases.case_id}',
  field_groups => '{"status": ["status", "completed_at"], "due": ["due_date", "due_at", "remind_at"]}');
SELECT satchel.install_object('documents', 'document', access => 'about', people => '{uploaded_by_id}',
  about => '{contacts.contact_id,accounts.account_id,opportunities.opportunity_id,cases.case_id}');

RESET ROLE;
