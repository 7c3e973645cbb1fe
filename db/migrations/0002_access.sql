-- Workspaces (tenants), the people who work in them, and role-based access control. Their policies stand in 0004.
SET LOCAL ROLE satchel_owner;

CREATE TYPE permission_scope AS ENUM ('own', 'team', 'all');

CREATE TABLE workspaces (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (btrim(name) <> ''),
  currency text NOT NULL DEFAULT 'USD' CHECK (currency ~ '^[A-Z]{3}$'),
  locale text NOT NULL DEFAULT 'en-US',
  -- One that is not known is refused as it is written: the reports count months in it.
  timezone text NOT NULL DEFAULT 'UTC' CHECK (timestamptz '2000-01-01Z' AT TIME ZONE timezone IS NOT NULL),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint
);

CREATE TABLE teams (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  region text,
  manager_id uuid,
  -- The team it is part of.
  parent_team_id uuid,
  import_batch_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id)
);

CREATE TABLE users (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  email text,
  full_name text,
  first_name text,
  last_name text,
  title text,
  phone text,
  avatar_url text,
  -- Null where signing in is the database's business (a login role) or nobody's (a person named by an import).
  password_hash text,
  -- The person's own login role on a shared server.
  login_role text,
  is_active boolean NOT NULL DEFAULT true,
  -- The person whose laptop this is.
  is_local boolean NOT NULL DEFAULT false,
  team_id uuid,
  manager_id uuid,
  locale text,
  timezone text,
  -- Orders and matches people by the name they are shown by.
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(coalesce(full_name, email))) STORED,
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
  CONSTRAINT users_team_fkey FOREIGN KEY (workspace_id, team_id)
    REFERENCES teams (workspace_id, id),
  CONSTRAINT users_manager_fkey FOREIGN KEY (workspace_id, manager_id)
    REFERENCES users (workspace_id, id),
  CONSTRAINT users_named CHECK (coalesce(full_name, first_name, last_name, email) IS NOT NULL)
);

ALTER TABLE teams ADD CONSTRAINT teams_manager_fkey FOREIGN KEY (workspace_id, manager_id)
  REFERENCES users (workspace_id, id);

ALTER TABLE teams ADD CONSTRAINT teams_parent_team_fkey FOREIGN KEY (workspace_id, parent_team_id)
  REFERENCES teams (workspace_id, id);

CREATE INDEX idx_teams_parent_team_id ON teams (workspace_id, parent_team_id) WHERE parent_team_id IS NOT NULL;
CREATE INDEX idx_teams_manager_id ON teams (workspace_id, manager_id);
CREATE INDEX idx_users_email ON users (workspace_id, lower(email));
CREATE INDEX idx_users_team_id ON users (workspace_id, team_id);
CREATE INDEX idx_users_manager_id ON users (workspace_id, manager_id);

CREATE UNIQUE INDEX idx_users_login_role ON users (workspace_id, login_role) WHERE login_role IS NOT NULL;
-- By whom a session was opened, before it is known of which workspace they are.
CREATE INDEX idx_users_login ON users (login_role) WHERE login_role IS NOT NULL;
CREATE UNIQUE INDEX idx_users_local ON users (workspace_id) WHERE is_local;

CREATE TABLE roles (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  role_name text NOT NULL CHECK (btrim(role_name) <> ''),
  description text,
  -- The seeded roles: their permissions may change, they themselves stay.
  is_system boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid DEFAULT satchel.user_id(),
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT roles_role_name_key UNIQUE (workspace_id, role_name)
);

CREATE TABLE permissions (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  action text NOT NULL,
  permission_name text NOT NULL GENERATED ALWAYS AS (object || ':' || action) STORED,
  description text,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT permissions_permission_name_key UNIQUE (workspace_id, permission_name)
);

CREATE TABLE role_permissions (
  workspace_id uuid NOT NULL,
  role_id uuid NOT NULL,
  permission_id uuid NOT NULL,
  scope permission_scope NOT NULL DEFAULT 'own',
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by uuid DEFAULT satchel.user_id(),
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, role_id, permission_id),
  CONSTRAINT role_permissions_role_fkey FOREIGN KEY (workspace_id, role_id)
    REFERENCES roles (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT role_permissions_permission_fkey FOREIGN KEY (workspace_id, permission_id)
    REFERENCES permissions (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_role_permissions_permission_id ON role_permissions (workspace_id, permission_id);

CREATE TABLE user_roles (
  workspace_id uuid NOT NULL,
  user_id uuid NOT NULL,
  role_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, user_id, role_id),
  CONSTRAINT user_roles_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id) ON DELETE CASCADE,
  CONSTRAINT user_roles_role_fkey FOREIGN KEY (workspace_id, role_id)
    REFERENCES roles (workspace_id, id) ON DELETE CASCADE
);

CREATE INDEX idx_user_roles_role_id ON user_roles (workspace_id, role_id);

RESET ROLE;
