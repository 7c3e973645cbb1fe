-- The log of every interaction, partitioned by month, and its links to the records it is about.
SET LOCAL ROLE satchel_owner;

CREATE TYPE activity_type AS ENUM ('call', 'email', 'meeting', 'note', 'task_completed');
CREATE TYPE activity_direction AS ENUM ('inbound', 'outbound');

CREATE TABLE activities (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  -- In the key because a unique key of a partitioned table must hold the partition key. Moving an activity to another
  -- month moves its row to another partition: row triggers see a delete and an insert there. Bounded, because a month
  -- is named by four digits and retention must not take the year 10000 for one before 2000.
  occurred_at timestamptz NOT NULL DEFAULT now()
    CONSTRAINT activities_occurred_in_our_era CHECK (occurred_at >= '0001-01-01Z' AND occurred_at < '10000-01-01Z'),
  type activity_type NOT NULL,
  subject text,
  body text,
  outcome text,
  direction activity_direction,
  duration_minutes integer CHECK (duration_minutes >= 0),
  user_id uuid,
  metadata jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(metadata) = 'object'),
  external_ref text,
  custom_fields jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(custom_fields) = 'object'),
  embedding vector(1024),
  embedding_bits bit(1024) GENERATED ALWAYS AS (binary_quantize(embedding)::bit(1024)) STORED,
  embedding_indexed boolean NOT NULL DEFAULT true,
  embedding_model text,
  content_hash text,
  body_tsv tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('satchel.search', coalesce(subject, '')), 'A')
    || setweight(to_tsvector('satchel.search', coalesce(body, '')), 'B')
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
  PRIMARY KEY (workspace_id, id, occurred_at),
  CONSTRAINT activities_user_fkey FOREIGN KEY (workspace_id, user_id)
    REFERENCES users (workspace_id, id) ON DELETE SET NULL (user_id),
  CONSTRAINT activities_embedding_has_model CHECK (embedding IS NULL OR embedding_model IS NOT NULL),
  CONSTRAINT activities_embedding_normal CHECK (satchel.is_normal(embedding))
) PARTITION BY RANGE (occurred_at);

-- Catches what no month was made for; satchel.ensure_activity_partitions() moves its rows out.
CREATE TABLE activities_default PARTITION OF activities DEFAULT;

CREATE TABLE activity_contacts (
  workspace_id uuid NOT NULL,
  activity_id uuid NOT NULL,
  -- Repeated from the activity, so that a timeline is read from the junction's index alone and prunes partitions.
  occurred_at timestamptz NOT NULL,
  contact_id uuid NOT NULL,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, activity_id, contact_id),
  CONSTRAINT activity_contacts_activity_fkey FOREIGN KEY (workspace_id, activity_id, occurred_at)
    REFERENCES activities (workspace_id, id, occurred_at) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT activity_contacts_contact_fkey FOREIGN KEY (workspace_id, contact_id)
    REFERENCES contacts (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE activity_accounts (
  workspace_id uuid NOT NULL,
  activity_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  account_id uuid NOT NULL,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, activity_id, account_id),
  CONSTRAINT activity_accounts_activity_fkey FOREIGN KEY (workspace_id, activity_id, occurred_at)
    REFERENCES activities (workspace_id, id, occurred_at) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT activity_accounts_account_fkey FOREIGN KEY (workspace_id, account_id)
    REFERENCES accounts (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE activity_opportunities (
  workspace_id uuid NOT NULL,
  activity_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  opportunity_id uuid NOT NULL,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, activity_id, opportunity_id),
  CONSTRAINT activity_opportunities_activity_fkey FOREIGN KEY (workspace_id, activity_id, occurred_at)
    REFERENCES activities (workspace_id, id, occurred_at) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT activity_opportunities_opportunity_fkey FOREIGN KEY (workspace_id, opportunity_id)
    REFERENCES opportunities (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE activity_cases (
  workspace_id uuid NOT NULL,
  activity_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  case_id uuid NOT NULL,
  _stamp text COLLATE "C" DEFAULT satchel.stamp(),
  _tombstone boolean NOT NULL DEFAULT false,
  _seq bigint,
  PRIMARY KEY (workspace_id, activity_id, case_id),
  CONSTRAINT activity_cases_activity_fkey FOREIGN KEY (workspace_id, activity_id, occurred_at)
    REFERENCES activities (workspace_id, id, occurred_at) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT activity_cases_case_fkey FOREIGN KEY (workspace_id, case_id)
    REFERENCES cases (workspace_id, id) ON DELETE CASCADE
);

RESET ROLE;
