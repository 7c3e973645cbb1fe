-- On a laptop putting one vector into an HNSW graph of these parameters takes 6 to 27 ms of the only connection there is. So a
-- vector is stored outside the graph first, searched by its bits, and put in by background work:
-- satchel.index_next_embedding() does one row. An edit takes a row out again, because a new version of the row
-- would otherwise be inserted into the graph then and there.
SET LOCAL ROLE satchel_owner;

CREATE FUNCTION satchel.leave_graph() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  NEW.summary_embedding_indexed := false;
  RETURN NEW;
END
$$;
CREATE FUNCTION satchel.leave_content_graph() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  NEW.embedding_indexed := false;
  RETURN NEW;
END
$$;

DO $$
DECLARE
  target record;
BEGIN
  FOR target IN
    SELECT attrelid::regclass AS name, attname::text AS flag
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE attname IN ('embedding_indexed', 'summary_embedding_indexed') AND relkind IN ('r', 'p') AND NOT relispartition
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT false', target.name, target.flag);
    -- Fires for rows in the graph, unless the statement is the one that puts rows in.
    EXECUTE format('CREATE TRIGGER leave_graph BEFORE UPDATE ON %1$s FOR EACH ROW
      WHEN (OLD.%2$I AND NEW.%2$I) EXECUTE FUNCTION satchel.%3$I()', target.name, target.flag,
      CASE target.flag WHEN 'embedding_indexed' THEN 'leave_content_graph' ELSE 'leave_graph' END);
  END LOOP;
END
$$;
ALTER TABLE activities_default ALTER COLUMN embedding_indexed SET DEFAULT false;

-- Puts the next row of a table that waits for it into its graph. Returns false when none waits.
CREATE FUNCTION satchel.index_next_embedding(target text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
DECLARE
  flag text;
  found_one boolean;
BEGIN
  IF target IN ('accounts', 'contacts', 'opportunities') THEN
    flag := 'summary_embedding_indexed';
  ELSIF target IN ('activities', 'notes', 'documents', 'passages') THEN
    flag := 'embedding_indexed';
  ELSE
    RAISE EXCEPTION '% has no embeddings', target USING ERRCODE = 'invalid_parameter_value';
  END IF;
  EXECUTE format(
    'WITH next AS (
       SELECT workspace_id, id FROM public.%1$I WHERE %2$I IS NOT NULL AND NOT %3$I
         AND ((SELECT satchel.workspace_id()) IS NULL OR workspace_id = (SELECT satchel.workspace_id())) LIMIT 1
     )
     UPDATE public.%1$I AS t SET %3$I = true FROM next WHERE t.workspace_id = next.workspace_id AND t.id = next.id
     RETURNING true', target, replace(flag, '_indexed', ''), flag) INTO found_one;
  RETURN coalesce(found_one, false);
END
$$;
GRANT EXECUTE ON FUNCTION satchel.index_next_embedding(text) TO satchel_app;

RESET ROLE;
