-- Roles, extensions, the schema of Satchel's own functions, and the functions that table definitions need.
-- Applied by an administrator of the cluster; everything after it belongs to satchel_owner in both homes, so that a
-- laptop and a server run the same code with the same rights.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'satchel_owner') THEN
    CREATE ROLE satchel_owner NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'satchel_app') THEN
    CREATE ROLE satchel_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  IF lower('Ю') <> 'ю' THEN
    RAISE EXCEPTION 'Satchel needs a database whose character type knows Unicode (for example C.UTF-8), this one has %',
      (SELECT datctype FROM pg_database WHERE datname = current_database());
  END IF;
END
$$;

GRANT satchel_owner TO CURRENT_USER;

CREATE EXTENSION IF NOT EXISTS vector;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pgcrypto;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- See satchel.fold().
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    ALTER FUNCTION public.unaccent(regdictionary, text) IMMUTABLE;
  END IF;
END
$$;

CREATE SCHEMA satchel AUTHORIZATION satchel_owner;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO satchel_owner;
GRANT USAGE ON SCHEMA public, satchel TO satchel_app;

-- Functions are revoked from PUBLIC as they are made; those meant for requests are granted one by one.
ALTER DEFAULT PRIVILEGES FOR ROLE satchel_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

SET LOCAL ROLE satchel_owner;

-- Which of their workspaces the caller speaks of: a setting local to a transaction (set_config(..., true)), and a claim only.
CREATE FUNCTION satchel.chosen_workspace() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('satchel.workspace_id', true), '')::uuid $$;

-- Who acts, on a server: the user whose login the session was opened with, which no setting can change. Where the login is
-- of several workspaces, one must be chosen. A laptop has its own two functions, which take what the engine sets.
CREATE FUNCTION satchel.workspace_id() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN count(*) = 1 THEN min(u.workspace_id::text)::uuid END FROM users AS u
    WHERE u.login_role = session_user AND u.is_active AND u.deleted_at IS NULL
      AND (satchel.chosen_workspace() IS NULL OR u.workspace_id = satchel.chosen_workspace())
  );
END
$$;

CREATE FUNCTION satchel.user_id() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT CASE WHEN count(*) = 1 THEN min(u.id::text)::uuid END FROM users AS u
    WHERE u.login_role = session_user AND u.is_active AND u.deleted_at IS NULL
      AND (satchel.chosen_workspace() IS NULL OR u.workspace_id = satchel.chosen_workspace())
  );
END
$$;

-- The hybrid logical clock stamp of the running transaction: null where nothing is shared yet; rows without one are
-- stamped when the workspace is first shared.
CREATE FUNCTION satchel.stamp() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('satchel.stamp', true), '') $$;

-- Case- and accent-insensitive form of a text. IMMUTABLE although unaccent() is not marked so, because the rules file
-- it reads is part of the installation; a change of those rules calls for a REINDEX. Where unaccent() is marked too, which
-- takes a superuser, this becomes part of each expression that calls it, at a third of a call of plpgsql. Where it is
-- not, plpgsql costs a third of an SQL function, which is never made part of anything less volatile than itself.
DO $do$
BEGIN
  IF (SELECT provolatile = 'i' FROM pg_proc WHERE oid = 'public.unaccent(regdictionary, text)'::regprocedure) THEN
    CREATE FUNCTION satchel.fold(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, value));
  ELSE
    CREATE FUNCTION satchel.fold(value text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, public
    AS $$
    BEGIN
      RETURN lower(unaccent('public.unaccent'::regdictionary, value));
    END
    $$;
  END IF;
END
$do$;

-- The digits of a telephone number, whatever its formatting.
CREATE FUNCTION satchel.digits(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT regexp_replace(value, '[^0-9]', '', 'g') $$;

-- Whether a vector has the length 1, within what single precision loses. Only then is the inner product, by which the
-- graphs are searched, the cosine. Null for null, which a CHECK lets pass.
-- The first moment of a day in a time zone: the later of two equal times would leave its first hour to the day before.
CREATE FUNCTION satchel.start_of_day(day date, zone text) RETURNS timestamptz
LANGUAGE sql STABLE STRICT PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN ((day::timestamp AT TIME ZONE zone - interval '1 hour') AT TIME ZONE zone)::date = day
      THEN day::timestamp AT TIME ZONE zone - interval '1 hour'
    ELSE day::timestamp AT TIME ZONE zone
  END
$$;

CREATE FUNCTION satchel.is_normal(embedding vector) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT abs(public.vector_norm(embedding) - 1) < 0.001 $$;

-- Full text that ignores accents: words lose their accents before they are stemmed, in documents and queries alike.
CREATE TEXT SEARCH CONFIGURATION satchel.search (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION satchel.search
  ALTER MAPPING FOR word, hword, hword_part WITH public.unaccent, pg_catalog.english_stem;

GRANT EXECUTE ON FUNCTION
  satchel.chosen_workspace(), satchel.workspace_id(), satchel.user_id(), satchel.stamp(), satchel.fold(text), satchel.digits(text),
  satchel.start_of_day(date, text), satchel.is_normal(vector)
TO satchel_app;

RESET ROLE;
