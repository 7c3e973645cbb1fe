-- Which record an id of another system stands for, so that files imported on different days still link to each other and a
-- record that was renamed since is found again. Only the laptop imports, so only the laptop has it.
SET LOCAL ROLE satchel_owner;

CREATE TABLE import_references (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  -- The program that gave the id: hubspot, salesforce, pipedrive, other. Ids of different programs never meet.
  system text NOT NULL,
  object text NOT NULL,
  source_id text NOT NULL,
  -- No foreign key, since it may be of any object: a reference whose record is gone finds nothing.
  record_id uuid NOT NULL,
  import_batch_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, system, object, source_id),
  CONSTRAINT import_references_batch_fkey FOREIGN KEY (workspace_id, import_batch_id)
    REFERENCES import_batches (workspace_id, id) ON DELETE SET NULL (import_batch_id)
);
CREATE INDEX idx_import_references_record_id ON import_references (workspace_id, record_id);
CREATE INDEX idx_import_references_import_batch_id ON import_references (workspace_id, import_batch_id)
  WHERE import_batch_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON import_references TO satchel_app;
SELECT satchel.protect(
  'import_references',
  '(SELECT satchel.can(''import:run''))', '(SELECT satchel.can(''import:run''))',
  '(SELECT satchel.can(''import:run''))', '(SELECT satchel.can(''import:run''))'
);

-- Records that an import made because a row named them: they have a name and nothing else until a file brings the real
-- row, which is then the same record, also where the name is written a little differently.
CREATE TABLE import_stubs (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  record_id uuid NOT NULL,
  object text NOT NULL,
  import_batch_id uuid NOT NULL,
  -- The import that brought the real row. Reverting it makes the record a stub again.
  completed_by uuid,
  PRIMARY KEY (workspace_id, record_id),
  CONSTRAINT import_stubs_batch_fkey FOREIGN KEY (workspace_id, import_batch_id)
    REFERENCES import_batches (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT import_stubs_completed_by_fkey FOREIGN KEY (workspace_id, completed_by)
    REFERENCES import_batches (workspace_id, id) ON DELETE SET NULL (completed_by)
);
CREATE INDEX idx_import_stubs_import_batch_id ON import_stubs (workspace_id, import_batch_id);
CREATE INDEX idx_import_stubs_completed_by ON import_stubs (workspace_id, completed_by)
  WHERE completed_by IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON import_stubs TO satchel_app;
SELECT satchel.protect(
  'import_stubs',
  '(SELECT satchel.can(''import:run''))', '(SELECT satchel.can(''import:run''))',
  '(SELECT satchel.can(''import:run''))', '(SELECT satchel.can(''import:run''))'
);

-- Reverting an import removes what it made and nobody touched since, without the way through the trash: writing 100,000
-- rows there first would cost as much as importing them.
CREATE OR REPLACE FUNCTION satchel.only_from_trash() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public
AS $$
DECLARE
  live uuid;
BEGIN
  SELECT o.id INTO live FROM old_rows AS o
  WHERE o.deleted_at IS NULL AND EXISTS (SELECT FROM workspaces AS w WHERE w.id = o.workspace_id)
    AND NOT EXISTS (
      SELECT FROM import_batches AS b
      WHERE b.workspace_id = o.workspace_id AND b.status = 'reverting'
        AND b.id = (to_jsonb(o) ->> 'import_batch_id')::uuid
    )
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Only what is in the trash can be deleted for good; move it there first (%: %)', TG_TABLE_NAME, live
      USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END
$$;

RESET ROLE;
