-- What is to be done in the background on this computer, kept until it is done. What a person asked for runs with that
-- person's rights.
SET LOCAL ROLE satchel_owner;

CREATE TABLE jobs (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- Null for what Satchel does by itself, with the rights of the owner of the tables.
  user_id uuid DEFAULT satchel.user_id(),
  -- Names of the application. A kind that this version does not know is kept and not run.
  service text NOT NULL,
  kind text NOT NULL,
  payload jsonb NOT NULL DEFAULT '{}',
  -- How far it is, and where to go on; written with each slice of the work itself.
  progress jsonb NOT NULL DEFAULT '{}',
  -- Tries since it last got on.
  attempts integer NOT NULL DEFAULT 0 CONSTRAINT jobs_attempts CHECK (attempts >= 0),
  not_before timestamptz NOT NULL DEFAULT now(),
  state queue_status NOT NULL DEFAULT 'waiting',
  -- Why the last try failed, as a message with its values.
  error jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT jobs_user_fkey FOREIGN KEY (workspace_id, user_id) REFERENCES users (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_jobs_due ON jobs (state, not_before);
CREATE INDEX idx_jobs_user_id ON jobs (workspace_id, user_id) WHERE user_id IS NOT NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON jobs TO satchel_app;
SELECT satchel.protect('jobs',
  read_if => own || ' OR (SELECT satchel.can(''workspace:update''))',
  create_if => own,
  update_if => own || ' OR (SELECT satchel.can(''workspace:update''))',
  delete_if => own || ' OR (SELECT satchel.can(''workspace:update''))')
FROM (VALUES ('user_id = (SELECT satchel.user_id())')) AS t (own);
SELECT satchel.install_notification('jobs');

INSERT INTO satchel.tables (name, mark) VALUES ('jobs', 'local');

RESET ROLE;
