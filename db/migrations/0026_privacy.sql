-- Personal data: encryption of single fields, an anonymised copy of the texts, and erasing a person.
SET LOCAL ROLE satchel_owner;

-- The key comes from the operating system's keychain as a setting of the transaction and is never stored here.
CREATE FUNCTION satchel.pii_key() RETURNS text
LANGUAGE plpgsql STABLE
AS $$
DECLARE
  key text := nullif(current_setting('satchel.pii_key', true), '');
BEGIN
  IF key IS NULL THEN
    RAISE EXCEPTION 'The key for personal numbers is not available; unlock the keychain' USING ERRCODE = 'ST001';
  END IF;
  RETURN key;
END
$$;

CREATE FUNCTION satchel.seal(plain text, key text) RETURNS bytea
LANGUAGE sql VOLATILE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT pgp_sym_encrypt(plain, key, 'cipher-algo=aes256, s2k-mode=3') $$;

CREATE FUNCTION satchel.encrypt_pii(plain text) RETURNS bytea
LANGUAGE sql VOLATILE STRICT
AS $$ SELECT satchel.seal(plain, satchel.pii_key()) $$;

CREATE FUNCTION satchel.decrypt_pii(sealed bytea) RETURNS text
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  IF NOT satchel.can('pii:read') THEN
    RAISE EXCEPTION 'Your role does not allow reading personal numbers' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN pgp_sym_decrypt(sealed, satchel.pii_key());
END
$$;

-- The same for a custom field marked as personal: a text that says it is encrypted.
CREATE FUNCTION satchel.encrypt_pii_text(plain text) RETURNS text
LANGUAGE sql VOLATILE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT 'pgp:' || translate(encode(satchel.encrypt_pii(plain), 'base64'), E'\n', '') $$;

CREATE FUNCTION satchel.decrypt_pii_text(sealed text) RETURNS text
LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT satchel.decrypt_pii(decode(substr(sealed, 5), 'base64')) $$;

-- Seals everything in the caller's workspace anew, by another key: personal numbers, custom fields marked as personal, and
-- what the history of changes keeps of either. The same sealed value becomes the same new one everywhere, so that undo
-- still knows a value again. It is no edit and leaves no entry in the history. Returns how many different values there
-- were; with a wrong key in satchel.pii_key nothing is changed.
CREATE FUNCTION satchel.rotate_pii_key(new_key text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER STRICT
SET search_path = pg_catalog, public, pg_temp
SET bytea_output = 'hex'
AS $$
DECLARE
  workspace uuid := satchel.current_workspace();
  old_key text := satchel.pii_key();
  sealed_fields text[];
  target text;
  values_sealed integer;
BEGIN
  IF NOT satchel.can('pii:read') OR NOT satchel.reaches_all('contact:update') THEN
    RAISE EXCEPTION 'Your role does not allow changing the key for personal numbers' USING ERRCODE = 'insufficient_privilege';
  ELSIF length(new_key) < 16 THEN
    RAISE EXCEPTION 'A key for personal numbers has at least 16 characters' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  SELECT coalesce(array_agg(DISTINCT d.object || ':custom_fields.' || d.key), '{}') INTO sealed_fields
  FROM custom_field_definitions AS d WHERE d.workspace_id = workspace AND d.is_pii;
  sealed_fields := sealed_fields || 'contacts:national_id_encrypted'::text;

  CREATE TEMP TABLE resealed (old text PRIMARY KEY, new text) ON COMMIT DROP;
  INSERT INTO resealed (old)
  SELECT c.national_id_encrypted::text FROM contacts AS c WHERE c.workspace_id = workspace AND c.national_id_encrypted IS NOT NULL
  ON CONFLICT DO NOTHING;
  FOR target IN
    SELECT DISTINCT d.object FROM custom_field_definitions AS d WHERE d.workspace_id = workspace AND d.is_pii
  LOOP
    EXECUTE format(
      'INSERT INTO resealed (old)
       SELECT e.value FROM public.%I AS r, LATERAL jsonb_each_text(r.custom_fields) AS e
       WHERE r.workspace_id = $1 AND e.value LIKE ''pgp:%%'' AND %L || '':custom_fields.'' || e.key = ANY ($2)
       ON CONFLICT DO NOTHING', target, target) USING workspace, sealed_fields;
  END LOOP;
  INSERT INTO resealed (old)
  SELECT v.value #>> '{}' FROM field_history AS h, LATERAL (VALUES (h.old_value), (h.new_value)) AS v (value)
  WHERE h.workspace_id = workspace AND h.object || ':' || h.field = ANY (sealed_fields) AND jsonb_typeof(v.value) = 'string'
  ON CONFLICT DO NOTHING;
  UPDATE resealed SET new = CASE
    WHEN old LIKE 'pgp:%' THEN 'pgp:' || translate(encode(satchel.seal(
      pgp_sym_decrypt(decode(substr(old, 5), 'base64'), old_key), new_key), 'base64'), E'\n', '')
    ELSE satchel.seal(pgp_sym_decrypt(old::bytea, old_key), new_key)::text
  END;
  GET DIAGNOSTICS values_sealed = ROW_COUNT;

  UPDATE contacts AS c SET national_id_encrypted = s.new::bytea
  FROM resealed AS s WHERE c.workspace_id = workspace AND s.old = c.national_id_encrypted::text;
  FOR target IN
    SELECT DISTINCT d.object FROM custom_field_definitions AS d WHERE d.workspace_id = workspace AND d.is_pii
  LOOP
    EXECUTE format(
      'UPDATE public.%1$I AS r SET custom_fields = r.custom_fields || p.patch
       FROM (
         SELECT t.id, jsonb_object_agg(e.key, s.new) AS patch
         FROM public.%1$I AS t, LATERAL jsonb_each_text(t.custom_fields) AS e
         JOIN resealed AS s ON s.old = e.value
         WHERE t.workspace_id = $1 AND %1$L || '':custom_fields.'' || e.key = ANY ($2)
         GROUP BY t.id
       ) AS p
       WHERE r.workspace_id = $1 AND r.id = p.id', target) USING workspace, sealed_fields;
  END LOOP;
  DELETE FROM field_history AS h
  WHERE h.workspace_id = workspace AND h.change_set_id = satchel.change_set(workspace)
    AND h.object || ':' || h.field = ANY (sealed_fields)
    AND EXISTS (SELECT FROM resealed AS s WHERE s.old = h.old_value #>> '{}' AND s.new = h.new_value #>> '{}');
  UPDATE field_history AS h SET
    old_value = coalesce((SELECT to_jsonb(s.new) FROM resealed AS s WHERE s.old = h.old_value #>> '{}'), h.old_value),
    new_value = coalesce((SELECT to_jsonb(s.new) FROM resealed AS s WHERE s.old = h.new_value #>> '{}'), h.new_value)
  WHERE h.workspace_id = workspace AND h.object || ':' || h.field = ANY (sealed_fields);
  DROP TABLE resealed;
  RETURN values_sealed;
END
$$;

-- Anonymising. The salt is made for one export and thrown away: with it the same value becomes the same replacement
-- everywhere in the export, so that links by name and duplicates stay what they are; without it nobody finds the way back.
CREATE FUNCTION satchel.anonymous_number(value text, salt text, below integer) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT ((('x' || encode(substr(hmac(value, salt, 'sha256'), 1, 4), 'hex'))::bit(32)::bigint) % below)::integer $$;

CREATE FUNCTION satchel.anonymous_first_name(value text, salt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
  SELECT (ARRAY['Alex', 'Amina', 'Bruno', 'Chiara', 'Daniel', 'Elif', 'Emma', 'Farid', 'Greta', 'Hana', 'Igor', 'Jonas', 'Kenji',
    'Lena', 'Lucas', 'Mara', 'Mei', 'Nadia', 'Noah', 'Olivia', 'Pablo', 'Rania', 'Samuel', 'Sofia', 'Tomas', 'Uma', 'Viktor',
    'Wanda', 'Yara', 'Zain'])[1 + satchel.anonymous_number(lower(value), salt || 'first', 30)]
$$;

CREATE FUNCTION satchel.anonymous_last_name(value text, salt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
  SELECT (ARRAY['Ash', 'Bell', 'Clay', 'Dale', 'Ever', 'Field', 'Grant', 'Hill', 'Ives', 'Jarvis', 'Kerr', 'Lane', 'Marsh', 'North',
    'Oak', 'Park', 'Quinn', 'Reed', 'Stone', 'Thorn'])[1 + satchel.anonymous_number(lower(value), salt || 'last', 20)]
    || (ARRAY['', 'er', 'field', 'ford', 'ham', 'ley', 'man', 'son', 'ton', 'wood'])[1 + satchel.anonymous_number(lower(value), salt || 'ending', 10)]
$$;

CREATE FUNCTION satchel.anonymous_company(value text, salt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
  SELECT satchel.anonymous_last_name(value, salt || 'company')
    || (ARRAY[' Group', ' Industries', ' Labs', ' Logistics', ' Partners', ' Systems', ' Trading', ' Works'])
      [1 + satchel.anonymous_number(lower(value), salt || 'kind', 8)]
    || ' ' || satchel.anonymous_number(lower(value), salt || 'number', 1000)
$$;

-- Another id for the same record everywhere in the export: an id tells when the record was made, and who has the original
-- would find the record by it.
CREATE FUNCTION satchel.anonymous_id(value uuid, salt text) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT encode(substr(hmac(value::text, salt, 'sha256'), 1, 16), 'hex')::uuid $$;

-- A different address for a different address, in a domain that can never receive mail.
CREATE FUNCTION satchel.anonymous_email(value text, salt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT 'p' || encode(substr(hmac(lower(split_part(value, '@', 1)), salt, 'sha256'), 1, 5), 'hex')
    || '@d' || encode(substr(hmac(lower(split_part(value, '@', 2)), salt, 'sha256'), 1, 4), 'hex') || '.example'
$$;

-- Keeps the shape of a number, its formatting and its country code, and changes every digit after them.
CREATE FUNCTION satchel.anonymous_phone(value text, salt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp
AS $$
  SELECT string_agg(
    CASE
      WHEN c !~ '\d' OR (value ~ '^\s*\+' AND n <= 3) THEN c
      ELSE (satchel.anonymous_number(satchel.digits(value) || n, salt || 'phone', 10))::text
    END, '' ORDER BY n)
  FROM regexp_split_to_table(value, '') WITH ORDINALITY AS chars (c, n)
$$;

-- Free text says too much: its length and its language of letters stay, nothing of its content.
CREATE FUNCTION satchel.anonymous_text(value text, salt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
  SELECT left(repeat((ARRAY[
      'We went through the open points and agreed on the next step. ',
      'The offer was discussed; a decision is expected soon. ',
      'Questions about delivery were answered. ',
      'They would like to see a comparison of the options. '
    ])[1 + satchel.anonymous_number(value, salt || 'text', 4)], 1 + length(value) / 40), length(value))
$$;

-- The people and companies of the caller's workspace, anonymised, as the caller may see them. What is not listed here
-- (addresses, birthdays, descriptions, custom fields, encrypted numbers) does not leave.
CREATE FUNCTION satchel.anonymised_accounts(salt text)
RETURNS TABLE (id uuid, name text, domain text, website text, industry text, employee_count integer, annual_revenue numeric,
  phone_office text, address_country text, parent_account_id uuid, owner_id uuid, created_at timestamptz)
LANGUAGE sql STABLE STRICT
AS $$
  SELECT satchel.anonymous_id(a.id, salt), satchel.anonymous_company(a.name, salt), split_part(satchel.anonymous_email('x@' || a.domain, salt), '@', 2),
    'https://' || split_part(satchel.anonymous_email('x@' || a.domain, salt), '@', 2), a.industry,
    -- To two figures: enough for the shape of the data, too little to recognise a company by.
    CASE WHEN a.employee_count > 0 THEN round(a.employee_count, 1 - floor(log(a.employee_count))::integer)::integer
      ELSE a.employee_count END,
    CASE WHEN a.annual_revenue > 0 THEN round(a.annual_revenue, 1 - floor(log(a.annual_revenue))::integer)
      ELSE a.annual_revenue END,
    satchel.anonymous_phone(a.phone_office, salt), a.address_country, satchel.anonymous_id(a.parent_account_id, salt),
    satchel.anonymous_id(a.owner_id, salt), date_trunc('day', a.created_at, 'UTC')
  FROM public.accounts AS a WHERE a.deleted_at IS NULL
$$;

CREATE FUNCTION satchel.anonymised_contacts(salt text)
RETURNS TABLE (id uuid, account_id uuid, first_name text, last_name text, job_title text, email text, phone_mobile text,
  phone_work text, lifecycle_stage contact_lifecycle_stage, address_country text, owner_id uuid, created_at timestamptz)
LANGUAGE sql STABLE STRICT
AS $$
  SELECT satchel.anonymous_id(c.id, salt), satchel.anonymous_id(c.account_id, salt), satchel.anonymous_first_name(c.first_name, salt), satchel.anonymous_last_name(c.last_name, salt),
    c.job_title, satchel.anonymous_email(c.email, salt), satchel.anonymous_phone(c.phone_mobile, salt),
    satchel.anonymous_phone(c.phone_work, salt), c.lifecycle_stage, c.address_country, satchel.anonymous_id(c.owner_id, salt),
    date_trunc('day', c.created_at, 'UTC')
  FROM public.contacts AS c WHERE c.deleted_at IS NULL
$$;

CREATE FUNCTION satchel.anonymised_leads(salt text)
RETURNS TABLE (id uuid, first_name text, last_name text, company_name text, job_title text, email text, phone text, source text,
  status lead_status, address_country text, owner_id uuid, created_at timestamptz)
LANGUAGE sql STABLE STRICT
AS $$
  SELECT satchel.anonymous_id(l.id, salt), satchel.anonymous_first_name(l.first_name, salt),
    satchel.anonymous_last_name(l.last_name, salt), satchel.anonymous_company(l.company_name, salt), l.job_title,
    satchel.anonymous_email(l.email, salt), satchel.anonymous_phone(l.phone, salt), l.source, l.status, l.address_country,
    satchel.anonymous_id(l.owner_id, salt), date_trunc('day', l.created_at, 'UTC')
  FROM public.leads AS l WHERE l.deleted_at IS NULL
$$;

-- A deal's name often says whose it is: it is called by the replacement of its account or person.
CREATE FUNCTION satchel.anonymised_opportunities(salt text)
RETURNS TABLE (id uuid, name text, account_id uuid, contact_id uuid, product_id uuid, stage opportunity_stage, amount numeric,
  currency text, probability numeric, close_date date, owner_id uuid, created_at timestamptz)
LANGUAGE sql STABLE STRICT
AS $$
  SELECT satchel.anonymous_id(o.id, salt),
    coalesce(satchel.anonymous_company(a.name, salt), satchel.anonymous_last_name(c.last_name, salt), 'Deal')
      || ' ' || satchel.anonymous_number(o.id::text, salt || 'deal', 10000),
    satchel.anonymous_id(o.account_id, salt), satchel.anonymous_id(o.contact_id, salt), satchel.anonymous_id(o.product_id, salt),
    o.stage,
    CASE WHEN o.amount > 0 THEN round(o.amount, 1 - floor(log(o.amount))::integer) ELSE o.amount END,
    o.currency, o.probability, o.close_date, satchel.anonymous_id(o.owner_id, salt), date_trunc('day', o.created_at, 'UTC')
  FROM public.opportunities AS o
  LEFT JOIN public.accounts AS a ON a.workspace_id = o.workspace_id AND a.id = o.account_id
  LEFT JOIN public.contacts AS c ON c.workspace_id = o.workspace_id AND c.id = o.contact_id
  WHERE o.deleted_at IS NULL
$$;

CREATE FUNCTION satchel.anonymised_activities(salt text)
RETURNS TABLE (id uuid, occurred_at timestamptz, type activity_type, subject text, body text, direction activity_direction,
  duration_minutes integer, user_id uuid)
LANGUAGE sql STABLE STRICT
AS $$
  SELECT satchel.anonymous_id(a.id, salt), date_trunc('day', a.occurred_at, 'UTC'), a.type, satchel.anonymous_text(a.subject, salt), satchel.anonymous_text(a.body, salt), a.direction,
    a.duration_minutes, satchel.anonymous_id(a.user_id, salt)
  FROM public.activities AS a WHERE a.deleted_at IS NULL
$$;

-- Erases a person for good: the contact, those merged into it, the leads it came from, and what is about nobody else (notes,
-- tasks, documents, activities); of all these also what the history, the names of changes and the conflicts of sync say.
-- An activity with other people, or about a company or deal, stays without the link. The person's deals must be in the
-- trash or gone before.
CREATE FUNCTION satchel.erase_contact(contact uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  workspace uuid := satchel.current_workspace();
  people uuid[];
  origins uuid[];
  talks uuid[];
  erased uuid[];
BEGIN
  IF NOT satchel.can('record:purge') OR NOT EXISTS (
    SELECT FROM contacts AS c WHERE c.workspace_id = workspace AND c.id = contact
      AND (satchel.reaches_all('contact:delete') OR c.owner_id = ANY (satchel.reached_owners('contact:delete')))
  ) THEN
    RAISE EXCEPTION 'Your role does not allow erasing this person' USING ERRCODE = 'insufficient_privilege';
  END IF;
  WITH RECURSIVE same AS (
    SELECT contact AS id
    UNION
    SELECT m.merged_id FROM merges AS m JOIN same ON m.kept_id = same.id
    WHERE m.workspace_id = workspace AND m.object = 'contacts' AND m.undone_at IS NULL
  )
  SELECT array_agg(id) INTO people FROM same;
  origins := ARRAY(
    SELECT l.id FROM leads AS l WHERE l.workspace_id = workspace AND (
      l.converted_contact_id = ANY (people)
      OR l.id IN (SELECT c.converted_from_lead_id FROM contacts AS c WHERE c.workspace_id = workspace AND c.id = ANY (people)))
  );
  talks := ARRAY(
    SELECT DISTINCT l.activity_id FROM activity_contacts AS l
    WHERE l.workspace_id = workspace AND l.contact_id = ANY (people)
      AND NOT EXISTS (SELECT FROM activity_contacts AS x
        WHERE x.workspace_id = workspace AND x.activity_id = l.activity_id AND x.contact_id <> ALL (people))
      AND NOT EXISTS (SELECT FROM activity_accounts AS x WHERE x.workspace_id = workspace AND x.activity_id = l.activity_id)
      AND NOT EXISTS (SELECT FROM activity_opportunities AS x WHERE x.workspace_id = workspace AND x.activity_id = l.activity_id)
      AND NOT EXISTS (SELECT FROM activity_cases AS x WHERE x.workspace_id = workspace AND x.activity_id = l.activity_id)
  );
  erased := people || origins || talks || ARRAY(
    SELECT id FROM opportunities WHERE workspace_id = workspace AND contact_id = ANY (people)
    UNION ALL SELECT id FROM notes WHERE workspace_id = workspace AND contact_id = ANY (people)
    UNION ALL SELECT id FROM tasks WHERE workspace_id = workspace AND contact_id = ANY (people)
    UNION ALL SELECT id FROM documents WHERE workspace_id = workspace AND contact_id = ANY (people)
  );
  UPDATE activities SET deleted_at = now() WHERE workspace_id = workspace AND id = ANY (talks) AND deleted_at IS NULL;
  DELETE FROM activities WHERE workspace_id = workspace AND id = ANY (talks);
  UPDATE contacts SET deleted_at = now() WHERE workspace_id = workspace AND id = ANY (people) AND deleted_at IS NULL;
  DELETE FROM contacts WHERE workspace_id = workspace AND id = ANY (people);
  UPDATE leads SET deleted_at = now() WHERE workspace_id = workspace AND id = ANY (origins) AND deleted_at IS NULL;
  DELETE FROM leads WHERE workspace_id = workspace AND id = ANY (origins);

  -- The name of an import is that of a file and says nothing of one person.
  UPDATE change_sets SET label = NULL
  WHERE workspace_id = workspace AND import_batch_id IS NULL AND label IS NOT NULL
    AND id IN (SELECT h.change_set_id FROM field_history AS h WHERE h.workspace_id = workspace AND h.record_id = ANY (erased));
  DELETE FROM field_history WHERE workspace_id = workspace AND record_id = ANY (erased) AND operation <> 'purge';
  DELETE FROM undo_conflicts WHERE workspace_id = workspace AND record_id = ANY (erased);
  DELETE FROM sync_conflicts WHERE workspace_id = workspace AND record_id = ANY (erased);
  DELETE FROM sync_parked WHERE workspace_id = workspace AND record_key ->> 'id' = ANY (erased::text[]);
  DELETE FROM sync_quarantine WHERE workspace_id = workspace AND record_key ->> 'id' = ANY (erased::text[]);
END
$$;

GRANT EXECUTE ON FUNCTION
  satchel.pii_key(), satchel.encrypt_pii(text), satchel.decrypt_pii(bytea), satchel.encrypt_pii_text(text),
  satchel.decrypt_pii_text(text), satchel.seal(text, text), satchel.rotate_pii_key(text), satchel.anonymous_id(uuid, text), satchel.anonymous_number(text, text, integer), satchel.anonymous_first_name(text, text),
  satchel.anonymous_last_name(text, text), satchel.anonymous_company(text, text), satchel.anonymous_email(text, text),
  satchel.anonymous_phone(text, text), satchel.anonymous_text(text, text), satchel.anonymised_accounts(text),
  satchel.anonymised_contacts(text), satchel.anonymised_leads(text), satchel.anonymised_opportunities(text),
  satchel.anonymised_activities(text), satchel.erase_contact(uuid)
TO satchel_app;

-- Objects bring the rule as they are installed; what else refers to something is looked for here.
SELECT satchel.empty_references_to(f.confrelid::regclass)
FROM pg_constraint AS f
WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace AND f.conparentid = 0 AND f.confrelid <> 'workspaces'::regclass
GROUP BY f.confrelid;

RESET ROLE;
