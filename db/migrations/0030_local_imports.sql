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
    REFERENCES import_batches (workspace_id, id)
);
CREATE INDEX idx_import_references_record_id ON import_references (workspace_id, record_id);
CREATE INDEX idx_import_references_import_batch_id ON import_references (workspace_id, import_batch_id)
  WHERE import_batch_id IS NOT NULL;

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
    REFERENCES import_batches (workspace_id, id)
);
CREATE INDEX idx_import_stubs_import_batch_id ON import_stubs (workspace_id, import_batch_id);
CREATE INDEX idx_import_stubs_completed_by ON import_stubs (workspace_id, completed_by)
  WHERE completed_by IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON import_references, import_stubs TO satchel_app;
SELECT satchel.protect(target::regclass, importing, importing, importing, importing)
FROM unnest(ARRAY['import_references', 'import_stubs']) AS target, (VALUES ('(SELECT satchel.can(''import:run''))')) AS t (importing);

INSERT INTO satchel.tables (name, mark) VALUES ('import_references', 'local'), ('import_stubs', 'local');

SELECT satchel.empty_references_to('import_batches');

RESET ROLE;
