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
    RAISE EXCEPTION 'The key for personal numbers is not available; unlock the keychain' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN key;
END
$$;

CREATE FUNCTION satchel.encrypt_pii(plain text) RETURNS bytea
LANGUAGE plpgsql VOLATILE STRICT
SET search_path = pg_catalog, public
AS $$ BEGIN RETURN pgp_sym_encrypt(plain, satchel.pii_key(), 'cipher-algo=aes256, s2k-mode=3'); END $$;

CREATE FUNCTION satchel.decrypt_pii(sealed bytea) RETURNS text
LANGUAGE plpgsql STABLE STRICT
SET search_path = pg_catalog, public
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
SET search_path = pg_catalog, public
AS $$ SELECT 'pgp:' || translate(encode(satchel.encrypt_pii(plain), 'base64'), E'\n', '') $$;

CREATE FUNCTION satchel.decrypt_pii_text(sealed text) RETURNS text
LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog, public
AS $$ SELECT satchel.decrypt_pii(decode(substr(sealed, 5), 'base64')) $$;

-- Anonymising. The salt is made for one export and thrown away: with it the same value becomes the same replacement
-- everywhere in the export, so that links by name and duplicates stay what they are; without it nobody finds the way back.
CREATE FUNCTION satchel.anonymous_number(value text, salt text, below integer) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public
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

-- A different address for a different address, in a domain that can never receive mail.
CREATE FUNCTION satchel.anonymous_email(value text, salt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public
AS $$
  SELECT 'p' || encode(substr(hmac(lower(split_part(value, '@', 1)), salt, 'sha256'), 1, 5), 'hex')
    || '@d' || encode(substr(hmac(lower(split_part(value, '@', 2)), salt, 'sha256'), 1, 4), 'hex') || '.example'
$$;

-- Keeps the shape of a number, its formatting and its country code, and changes every digit after them.
CREATE FUNCTION satchel.anonymous_phone(value text, salt text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, public
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
  SELECT a.id, satchel.anonymous_company(a.name, salt), split_part(satchel.anonymous_email('x@' || a.domain, salt), '@', 2),
    'https://' || split_part(satchel.anonymous_email('x@' || a.domain, salt), '@', 2), a.industry,
    -- To two figures: enough for the shape of the data, too little to recognise a company by.
    CASE WHEN a.employee_count > 0 THEN round(a.employee_count, 1 - floor(log(a.employee_count))::integer)::integer
      ELSE a.employee_count END,
    CASE WHEN a.annual_revenue > 0 THEN round(a.annual_revenue, 1 - floor(log(a.annual_revenue))::integer)
      ELSE a.annual_revenue END,
    satchel.anonymous_phone(a.phone_office, salt), a.address_country, a.parent_account_id, a.owner_id, a.created_at
  FROM public.accounts AS a WHERE a.deleted_at IS NULL
$$;

CREATE FUNCTION satchel.anonymised_contacts(salt text)
RETURNS TABLE (id uuid, account_id uuid, first_name text, last_name text, job_title text, email text, phone_mobile text,
  phone_work text, lifecycle_stage contact_lifecycle_stage, address_country text, owner_id uuid, created_at timestamptz)
LANGUAGE sql STABLE STRICT
AS $$
  SELECT c.id, c.account_id, satchel.anonymous_first_name(c.first_name, salt), satchel.anonymous_last_name(c.last_name, salt),
    c.job_title, satchel.anonymous_email(c.email, salt), satchel.anonymous_phone(c.phone_mobile, salt),
    satchel.anonymous_phone(c.phone_work, salt), c.lifecycle_stage, c.address_country, c.owner_id, c.created_at
  FROM public.contacts AS c WHERE c.deleted_at IS NULL
$$;

CREATE FUNCTION satchel.anonymised_activities(salt text)
RETURNS TABLE (id uuid, occurred_at timestamptz, type activity_type, subject text, body text, direction activity_direction,
  duration_minutes integer, user_id uuid)
LANGUAGE sql STABLE STRICT
AS $$
  SELECT a.id, a.occurred_at, a.type, satchel.anonymous_text(a.subject, salt), satchel.anonymous_text(a.body, salt), a.direction,
    a.duration_minutes, a.user_id
  FROM public.activities AS a WHERE a.deleted_at IS NULL
$$;

-- Erases a person for good, also from the history of changes. The record's deals must be in the trash or gone before.
CREATE FUNCTION satchel.erase_contact(contact uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
DECLARE
  workspace uuid := satchel.current_workspace();
BEGIN
  IF NOT satchel.can('record:purge') OR NOT EXISTS (
    SELECT FROM contacts AS c WHERE c.workspace_id = workspace AND c.id = contact
      AND (satchel.reaches_all('contact:delete') OR c.owner_id = ANY (satchel.reached_owners('contact:delete')))
  ) THEN
    RAISE EXCEPTION 'Your role does not allow erasing this person' USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE contacts SET deleted_at = now() WHERE workspace_id = workspace AND id = contact AND deleted_at IS NULL;
  DELETE FROM contacts WHERE workspace_id = workspace AND id = contact;
  DELETE FROM field_history WHERE workspace_id = workspace AND record_id = contact AND operation <> 'purge';
  DELETE FROM undo_conflicts WHERE workspace_id = workspace AND record_id = contact;
  DELETE FROM summaries WHERE workspace_id = workspace AND record_id = contact;
  DELETE FROM passages WHERE workspace_id = workspace AND record_id = contact;
  DELETE FROM embedding_queue WHERE workspace_id = workspace AND record_id = contact;
  DELETE FROM record_tags WHERE workspace_id = workspace AND record_id = contact;
  DELETE FROM duplicate_candidates WHERE workspace_id = workspace AND contact IN (record_a, record_b);
END
$$;

GRANT EXECUTE ON FUNCTION
  satchel.pii_key(), satchel.encrypt_pii(text), satchel.decrypt_pii(bytea), satchel.encrypt_pii_text(text),
  satchel.decrypt_pii_text(text), satchel.anonymous_number(text, text, integer), satchel.anonymous_first_name(text, text),
  satchel.anonymous_last_name(text, text), satchel.anonymous_company(text, text), satchel.anonymous_email(text, text),
  satchel.anonymous_phone(text, text), satchel.anonymous_text(text, text), satchel.anonymised_accounts(text),
  satchel.anonymised_contacts(text), satchel.anonymised_activities(text), satchel.erase_contact(uuid)
TO satchel_app;

RESET ROLE;
