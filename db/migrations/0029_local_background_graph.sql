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

-- Gives a table with vectors the rule. Its trigger fires for rows in the graph, unless the statement is the one that puts
-- rows in.
CREATE FUNCTION satchel.install_graph(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  flag text := (SELECT attname FROM pg_attribute
    WHERE attrelid = target AND attname IN ('embedding_indexed', 'summary_embedding_indexed') AND NOT attisdropped);
BEGIN
  IF flag IS NOT NULL THEN
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT false', target, flag);
    EXECUTE format('CREATE OR REPLACE TRIGGER leave_graph BEFORE UPDATE ON %1$s FOR EACH ROW
      WHEN (OLD.%2$I AND NEW.%2$I) EXECUTE FUNCTION satchel.%3$I()', target, flag,
      CASE flag WHEN 'embedding_indexed' THEN 'leave_content_graph' ELSE 'leave_graph' END);
  END IF;
END
$$;
SELECT satchel.install_graph('passages');

-- Puts the next row of a table that waits for it into its graph. Returns false when none waits.
CREATE FUNCTION satchel.index_next_embedding(target text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  flag text;
  found_one boolean;
BEGIN
  SELECT attname INTO flag FROM pg_attribute
  WHERE attrelid = to_regclass('public.' || quote_ident(target)) AND NOT attisdropped
    AND attname IN ('embedding_indexed', 'summary_embedding_indexed');
  IF flag IS NULL THEN
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

-- What only a laptop gives to an object or a child. satchel.install_object() calls it for those that come later.
CREATE FUNCTION satchel.install_on_laptop(target text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  PERFORM satchel.install_notification(target::regclass,
    coalesce((SELECT split_part(c.seen_by, '.', 2) FROM satchel.object_children AS c WHERE c.name = target), 'id'));
  IF NOT EXISTS (SELECT FROM satchel.objects AS o WHERE o.name = target AND NOT o.is_synced) THEN
    PERFORM satchel.install_capture(target::regclass);
  END IF;
  PERFORM satchel.install_graph(target::regclass);
END
$$;
SELECT satchel.install_on_laptop(name) FROM satchel.objects;
SELECT satchel.install_on_laptop(name) FROM satchel.object_children WHERE parent IS NOT NULL;

RESET ROLE;
