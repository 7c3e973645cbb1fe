-- What a workspace sets up for itself: settings, custom fields, saved views, tags.
SET LOCAL ROLE satchel_owner;

CREATE TYPE custom_field_type AS ENUM (
  'text', 'number', 'date', 'boolean', 'select', 'multi_select', 'url', 'email', 'phone'
);
CREATE TYPE record_object AS ENUM (
  'accounts', 'contacts', 'leads', 'opportunities', 'products', 'cases', 'tasks', 'activities'
);

CREATE TABLE settings (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  key text NOT NULL CHECK (btrim(key) <> ''),
  value jsonb NOT NULL,
  -- Null: of the workspace. Otherwise one person's own.
  user_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT settings_key UNIQUE NULLS NOT DISTINCT (workspace_id, key, user_id),
  CONSTRAINT settings_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_settings_user_id ON settings (workspace_id, user_id);

CREATE TABLE custom_field_definitions (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object record_object NOT NULL,
  key text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,62}$'),
  label text NOT NULL CHECK (btrim(label) <> ''),
  type custom_field_type NOT NULL,
  -- For select and multi_select: [{"value": "...", "label": "..."}].
  options jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(options) = 'array'),
  is_required boolean NOT NULL DEFAULT false,
  -- Ranges and sorting need an expression index of their own; satchel.index_custom_field() makes it.
  is_indexed boolean NOT NULL DEFAULT false,
  is_pii boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT custom_field_definitions_key UNIQUE (workspace_id, object, key),
  -- Sealed values have no order.
  CONSTRAINT custom_field_definitions_sealed CHECK (NOT (is_pii AND is_indexed)),
  CONSTRAINT custom_field_definitions_options CHECK (
    type NOT IN ('select', 'multi_select') OR jsonb_array_length(options) > 0
  )
);

CREATE TABLE saved_views (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  object text NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  owner_id uuid,
  is_shared boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 0,
  definition jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  deleted_at timestamptz,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _stamps jsonb NOT NULL DEFAULT '{}',
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT saved_views_owner_fkey FOREIGN KEY (workspace_id, owner_id)
    REFERENCES users (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_saved_views_object ON saved_views (workspace_id, object, position, id);
CREATE INDEX idx_saved_views_owner_id ON saved_views (workspace_id, owner_id);

CREATE TABLE tags (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  name text NOT NULL CHECK (btrim(name) <> ''),
  color text CHECK (color ~ '^#[0-9a-fA-F]{6}$'),
  name_key text COLLATE "C" GENERATED ALWAYS AS (satchel.fold(name)) STORED,
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
CREATE INDEX idx_tags_name ON tags (workspace_id, name_key);

CREATE TABLE record_tags (
  workspace_id uuid NOT NULL,
  object record_object NOT NULL,
  record_id uuid NOT NULL,
  tag_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  created_by uuid DEFAULT satchel.user_id(),
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, record_id, tag_id),
  CONSTRAINT record_tags_tag_fkey FOREIGN KEY (workspace_id, tag_id)
    REFERENCES tags (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX idx_record_tags_tag_id ON record_tags (workspace_id, tag_id, object, record_id);

RESET ROLE;
