-- What a workspace sets up for itself: settings, custom fields, saved views, tags.
SET LOCAL ROLE satchel_owner;

CREATE TYPE custom_field_type AS ENUM (
  'text', 'number', 'date', 'boolean', 'select', 'multi_select', 'url', 'email', 'phone'
);

-- The catalogue of objects: what the product keeps records of, the same in every workspace. Filled by satchel.install_object()
-- and satchel.install_child() alone; whatever is true of each object reads it.
CREATE TABLE satchel.objects (
  -- The table's, and the singular by which permissions call it.
  name text PRIMARY KEY,
  singular text NOT NULL UNIQUE,
  access text NOT NULL CHECK (access IN ('owned', 'about', 'shared', 'linked')),
  -- The columns that name the people a record belongs to, the owner first.
  people text[] NOT NULL,
  -- What a record is about, each as 'contacts.contact_id'.
  about text[] NOT NULL,
  -- Fields that only make sense together, by the name of their group.
  field_groups jsonb NOT NULL CHECK (jsonb_typeof(field_groups) = 'object'),
  -- Columns that the database writes.
  derived text[] NOT NULL,
  is_synced boolean NOT NULL,
  CONSTRAINT objects_reached CHECK ((access = 'shared') = (people = '{}'))
);
CREATE TABLE satchel.object_children (
  name text PRIMARY KEY,
  -- Null: of a record of any object.
  parent text REFERENCES satchel.objects,
  parent_column text NOT NULL,
  -- Two records put together: it has no id of its own, and the history of its parent keeps it whole.
  is_link boolean NOT NULL,
  -- The record through which a row is seen and announced, as 'accounts.account_id'.
  seen_by text,
  field_groups jsonb NOT NULL CHECK (jsonb_typeof(field_groups) = 'object')
);
GRANT SELECT ON satchel.objects, satchel.object_children TO satchel_app;
INSERT INTO satchel.object_children VALUES ('record_tags', NULL, 'record_id', true, NULL, '{}');

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
  object text NOT NULL,
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
  object text NOT NULL,
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
