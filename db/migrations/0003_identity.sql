-- Who the caller is and how far each permission reaches. Definer's rights, because the tables of the roles are protected
-- by policies that ask these very functions. Policies call them in scalar subqueries, once per statement.

-- Row-level security lets an index serve a condition only where the condition cannot leak values of rows the policy
-- hides, and PostgreSQL calls few functions leakproof. Those below reveal nothing of their arguments by errors or
-- messages; without the mark a search by trigram, full text, custom field or e-mail would read the whole
-- table. Only a superuser may say so; where the administrator is none, such searches still work, slower.
DO $$
BEGIN
  IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    ALTER FUNCTION textlike(text, text) LEAKPROOF;
    ALTER FUNCTION texticlike(text, text) LEAKPROOF;
    ALTER FUNCTION lower(text) LEAKPROOF;
    ALTER FUNCTION enum_eq(anyenum, anyenum) LEAKPROOF;
    ALTER FUNCTION enum_ne(anyenum, anyenum) LEAKPROOF;
    ALTER FUNCTION enum_lt(anyenum, anyenum) LEAKPROOF;
    ALTER FUNCTION enum_gt(anyenum, anyenum) LEAKPROOF;
    ALTER FUNCTION numeric_eq(numeric, numeric) LEAKPROOF;
    ALTER FUNCTION numeric_lt(numeric, numeric) LEAKPROOF;
    ALTER FUNCTION numeric_le(numeric, numeric) LEAKPROOF;
    ALTER FUNCTION numeric_gt(numeric, numeric) LEAKPROOF;
    ALTER FUNCTION numeric_ge(numeric, numeric) LEAKPROOF;
    ALTER FUNCTION jsonb_contains(jsonb, jsonb) LEAKPROOF;
    ALTER FUNCTION jsonb_eq(jsonb, jsonb) LEAKPROOF;
    ALTER FUNCTION jsonb_ne(jsonb, jsonb) LEAKPROOF;
    ALTER FUNCTION jsonb_lt(jsonb, jsonb) LEAKPROOF;
    ALTER FUNCTION jsonb_le(jsonb, jsonb) LEAKPROOF;
    ALTER FUNCTION jsonb_gt(jsonb, jsonb) LEAKPROOF;
    ALTER FUNCTION jsonb_ge(jsonb, jsonb) LEAKPROOF;
    ALTER FUNCTION jsonb_object_field(jsonb, text) LEAKPROOF;
    ALTER FUNCTION jsonb_object_field_text(jsonb, text) LEAKPROOF;
    ALTER FUNCTION ts_match_vq(tsvector, tsquery) LEAKPROOF;
    ALTER FUNCTION public.similarity_op(text, text) LEAKPROOF;
    ALTER FUNCTION public.word_similarity_op(text, text) LEAKPROOF;
    ALTER FUNCTION public.word_similarity_commutator_op(text, text) LEAKPROOF;
  ELSE
    RAISE NOTICE 'Only a superuser can mark search operators as leakproof: searches in this database will be slower';
  END IF;
END
$$;

SET LOCAL ROLE satchel_owner;

-- The workspace of the transaction if the caller is an active member of it, else null: then no policy shows anything.
CREATE FUNCTION satchel.current_workspace() RETURNS uuid
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT workspace_id FROM users
    WHERE workspace_id = satchel.workspace_id() AND id = satchel.user_id() AND is_active AND deleted_at IS NULL
  );
END
$$;

-- The widest scope in which the caller holds a permission such as 'contact:read'; null for not at all.
CREATE FUNCTION satchel.permission_scope(permission text) RETURNS permission_scope
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  RETURN (
    SELECT max(rp.scope)
    FROM permissions AS p
    JOIN role_permissions AS rp ON rp.workspace_id = p.workspace_id AND rp.permission_id = p.id
    JOIN user_roles AS ur ON ur.workspace_id = rp.workspace_id AND ur.role_id = rp.role_id
    WHERE p.workspace_id = satchel.current_workspace()
      AND p.permission_name = permission
      AND ur.user_id = satchel.user_id()
  );
END
$$;

CREATE FUNCTION satchel.can(permission text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT satchel.permission_scope(permission) IS NOT NULL $$;

CREATE FUNCTION satchel.reaches_all(permission text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(satchel.permission_scope(permission) = 'all', false) $$;

-- The people whose records a permission reaches: oneself; with the scope team also the members of one's team, of
-- teams one manages and of all teams below these, and everybody who reports to one, however many steps down. Meaningless,
-- and not asked, with the scope all. Records without an owner are reached by the scope all only.
CREATE FUNCTION satchel.reached_owners(permission text) RETURNS uuid[]
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  scope permission_scope := satchel.permission_scope(permission);
  workspace uuid := satchel.workspace_id();
  me uuid := satchel.user_id();
BEGIN
  IF scope IS NULL THEN
    RETURN '{}';
  ELSIF scope = 'own' THEN
    RETURN ARRAY[me];
  END IF;
  -- UNION ends a circle, which two laptops may make that each change another team.
  RETURN ARRAY(
    WITH RECURSIVE reports AS (
      SELECT me AS id
      UNION
      SELECT u.id FROM users AS u JOIN reports AS r ON u.manager_id = r.id WHERE u.workspace_id = workspace
    ), reached_teams AS (
      SELECT top.id FROM (
        SELECT t.id FROM teams AS t WHERE t.workspace_id = workspace AND t.manager_id = me AND t.deleted_at IS NULL
        UNION ALL
        SELECT self.team_id FROM users AS self WHERE self.workspace_id = workspace AND self.id = me
      ) AS top
      UNION
      SELECT t.id FROM teams AS t JOIN reached_teams AS r ON t.parent_team_id = r.id
      WHERE t.workspace_id = workspace AND t.deleted_at IS NULL
    )
    SELECT id FROM reports
    UNION
    SELECT u.id FROM users AS u JOIN reached_teams AS r ON u.team_id = r.id WHERE u.workspace_id = workspace
  );
END
$$;

GRANT EXECUTE ON FUNCTION
  satchel.current_workspace(), satchel.permission_scope(text), satchel.can(text), satchel.reaches_all(text),
  satchel.reached_owners(text)
TO satchel_app;

RESET ROLE;
