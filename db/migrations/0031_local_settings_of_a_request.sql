-- A person may send a query of their own (satchel sql). set_config() is a function, so a query can call it: with it anyone
-- could become the superuser, or another person, in the middle of a SELECT. So only the engine sets who acts, before it
-- drops to the role of requests. On a server satchel_app logs in by itself and has nobody above it to become.
REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO satchel_owner;

SET LOCAL ROLE satchel_owner;

-- Who acts is what the engine set. Plain expressions, which the planner makes part of the statement.
CREATE OR REPLACE FUNCTION satchel.workspace_id() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('satchel.workspace_id', true), '')::uuid $$;

CREATE OR REPLACE FUNCTION satchel.user_id() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('satchel.user_id', true), '')::uuid $$;

-- What the transaction changes from here on belongs to this change set.
CREATE FUNCTION satchel.continue_change_set(id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  PERFORM set_config('satchel.change_set_id', id::text, true);
END
$$;
REVOKE EXECUTE ON FUNCTION satchel.continue_change_set(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION satchel.continue_change_set(uuid) TO satchel_app;

RESET ROLE;
