-- Tasks: what is to be done, by whom and until when.
SET LOCAL ROLE satchel_owner;

CREATE TYPE task_status AS ENUM ('pending', 'completed');
CREATE TYPE task_priority AS ENUM ('low', 'normal', 'high');

CREATE TABLE tasks (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  title text NOT NULL CHECK (btrim(title) <> ''),
  description text,
  due_date date,
  due_at timestamptz,
  remind_at timestamptz,
  status task_status NOT NULL DEFAULT 'pending',
  priority task_priority NOT NULL DEFAULT 'normal',
  assigned_to_id uuid,
  contact_id uuid,
  account_id uuid,
  opportunity_id uuid,
  case_id uuid,
  completed_at timestamptz,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(title)) STORED,
  search_text text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(title)) STORED,
  search_tsv tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('satchel.search', title), 'A')
    || setweight(to_tsvector('satchel.search', coalesce(description, '')), 'B')
  ) STORED,
  import_batch_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT tasks_assigned_to_fkey FOREIGN KEY (workspace_id, assigned_to_id)
    REFERENCES users (workspace_id, id),
  CONSTRAINT tasks_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT tasks_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT tasks_opportunity_fkey FOREIGN KEY (workspace_id, opportunity_id)
    REFERENCES opportunities (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT tasks_case_fkey FOREIGN KEY (workspace_id, case_id)
    REFERENCES cases (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_tasks_assigned_to_id_pending ON tasks (workspace_id, assigned_to_id, due_date)
  WHERE status = 'pending' AND deleted_at IS NULL;
CREATE INDEX idx_tasks_assigned_to_id ON tasks (workspace_id, assigned_to_id);
CREATE INDEX idx_tasks_due_date ON tasks (workspace_id, due_date, id) WHERE deleted_at IS NULL;
CREATE INDEX idx_tasks_contact_id ON tasks (workspace_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX idx_tasks_account_id ON tasks (workspace_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX idx_tasks_opportunity_id ON tasks (workspace_id, opportunity_id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX idx_tasks_case_id ON tasks (workspace_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX idx_tasks_search_tsv ON tasks USING gin (search_tsv);

SELECT satchel.install_object('tasks', 'task', access => 'about', people => '{assigned_to_id,created_by}',
  about => '{contacts.contact_id,accounts.account_id,opportunities.opportunity_id,cases.case_id}',
  field_groups => '{"status": ["status", "completed_at"], "due": ["due_date", "due_at", "remind_at"]}');

-- The moment of completion follows the status, whoever sets it; undo and synchronisation bring both.
CREATE FUNCTION satchel.complete_task() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
  NEW.completed_at := CASE NEW.status WHEN 'completed' THEN coalesce(NEW.completed_at, now()) END;
  RETURN NEW;
END
$$;
CREATE TRIGGER complete BEFORE INSERT OR UPDATE OF status, completed_at ON tasks FOR EACH ROW EXECUTE FUNCTION satchel.complete_task();

RESET ROLE;
