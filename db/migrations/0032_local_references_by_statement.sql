-- Foreign keys of the tables that an import fills, checked once a statement. PostgreSQL asks for each row by itself whether what it refers to
-- is there, and on deleting whether something refers to it: in WebAssembly a sixth of an import and half of taking one
-- back. The foreign keys stay as they are; here only their triggers for each row on INSERT and DELETE are replaced, by
-- triggers that ask the same for all rows of a statement and act the same (CASCADE, and emptying what may be empty). Those for
-- UPDATE stay: they only fire where a key changes.
--
-- Only right where there is one connection. PostgreSQL's own triggers lock the row referred to, so that nobody else deletes it
-- before the commit, and see what other transactions did since; these do neither. So a server keeps PostgreSQL's.

SET LOCAL ROLE satchel_owner;

CREATE FUNCTION satchel.check_references_by_statement(target regclass) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
  key record;
  checks text := '';
  actions text := '';
  replaced oid[] := '{}';
  row_trigger name;
BEGIN
  -- What its rows refer to. A key of which a part is null refers to nothing (MATCH SIMPLE).
  FOR key IN
    SELECT f.oid, f.conname, f.confrelid::regclass AS parent,
      string_agg(quote_ident(c.attname), ', ' ORDER BY k.position) AS columns,
      string_agg(format('n.%I IS NOT NULL', c.attname), ' AND ' ORDER BY k.position) AS is_given,
      string_agg(format('p.%I = d.%I', r.attname, c.attname), ' AND ' ORDER BY k.position) AS is_parent,
      string_agg(format('missing.%I', c.attname), ', ' ORDER BY k.position) AS missing_values
    FROM pg_constraint AS f
    CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k (child, parent, position)
    JOIN pg_attribute AS c ON c.attrelid = f.conrelid AND c.attnum = k.child
    JOIN pg_attribute AS r ON r.attrelid = f.confrelid AND r.attnum = k.parent
    WHERE f.contype = 'f' AND f.conrelid = target AND NOT f.condeferrable AND f.confmatchtype = 's'
    GROUP BY f.oid
    ORDER BY f.oid
  LOOP
    replaced := replaced || key.oid;
    -- OFFSET 0 keeps it one look-up by primary key for each record referred to, however large the planner takes the tables for.
    checks := checks || format(
      $check$
  SELECT d.* INTO missing
  FROM (SELECT DISTINCT %1$s FROM new_rows AS n WHERE %2$s) AS d
  WHERE NOT EXISTS (SELECT FROM %3$s AS p WHERE %4$s OFFSET 0)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION %5$L
      USING ERRCODE = 'foreign_key_violation', SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = %6$L,
        DETAIL = format('Key (%%s)=(%%s) is not present in table "%%s".', %1$L, concat_ws(', ', %7$s), %3$L);
  END IF;
      $check$,
      key.columns, key.is_given, key.parent, key.is_parent,
      format('insert or update on table "%s" violates foreign key constraint "%s"', target, key.conname),
      key.conname, key.missing_values);
  END LOOP;
  -- PostgreSQL fires triggers by name, its own first; so do these.
  PERFORM satchel.install_statement_trigger(target, 'a_references_insert', 'INSERT', checks, '  missing record;');

  -- What refers to its rows, in the order in which PostgreSQL would act. Each key is (workspace_id, a column).
  FOR key IN
    SELECT f.oid, f.conrelid::regclass AS child, c.attname AS of, f.confdeltype = 'c' AS is_cascade
    FROM pg_constraint AS f
    JOIN pg_attribute AS c ON c.attrelid = f.conrelid AND c.attnum = f.conkey[2]
    WHERE f.contype = 'f' AND f.confrelid = target AND f.conparentid = 0 AND NOT f.condeferrable
      AND cardinality(f.conkey) = 2
      AND (f.confdeltype = 'c' OR NOT c.attnotnull)
    ORDER BY f.oid
  LOOP
    replaced := replaced || key.oid;
    actions := actions || format(
      CASE WHEN key.is_cascade THEN E'    DELETE FROM %1$s WHERE workspace_id = workspace AND %2$I = ANY (ids);\n'
        ELSE E'    UPDATE %1$s SET %2$I = NULL WHERE workspace_id = workspace AND %2$I = ANY (ids);\n'
      END, key.child, key.of);
  END LOOP;
  IF actions <> '' THEN
    PERFORM satchel.install_statement_trigger(target, 'a_references_delete', 'DELETE',
      '  FOR workspace, ids IN SELECT o.workspace_id, array_agg(o.id ORDER BY o.id) FROM old_rows AS o GROUP BY o.workspace_id LOOP'
      || E'\n' || actions || '  END LOOP;',
      E'  workspace uuid;\n  ids uuid[];');
  END IF;
  FOR row_trigger IN
    SELECT t.tgname FROM pg_trigger AS t
    WHERE t.tgrelid = target AND t.tgconstraint = ANY (replaced)
      AND t.tgfoid IN ('"RI_FKey_check_ins"'::regproc, '"RI_FKey_cascade_del"'::regproc, '"RI_FKey_noaction_del"'::regproc)
    UNION ALL
    SELECT t.tgname FROM pg_trigger AS t WHERE t.tgrelid = target AND t.tgname = 'A_empty_references'
  LOOP
    EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', target, row_trigger);
  END LOOP;
END
$$;

RESET ROLE;

-- As the superuser: the triggers of a constraint are nobody else's to disable. Activities are partitioned, and their rows keep
-- PostgreSQL's own.
SELECT satchel.check_references_by_statement(name::regclass)
FROM (
  SELECT name FROM satchel.objects WHERE access <> 'linked' UNION ALL VALUES ('import_references'), ('import_stubs')
) AS filled_by_imports;
