import {
  aiNative,
  all,
  columns,
  type Item,
  index,
  indexed,
  labels,
  primaryKey,
  references,
  softUnique,
  table,
} from './requirement.ts';

export const aiNativeModel: readonly Item[] = [
  // Section 1: tenants, accounts, contacts
  aiNative(
    20,
    'a contact with an account is B2B, one without is B2C',
    "(SELECT NOT attnotnull FROM pg_attribute WHERE attrelid = 'contacts'::regclass AND attname = 'account_id')",
  ),
  aiNative(
    30,
    'every table with data of customers has a workspace that cannot be null',
    `NOT EXISTS (
     SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'workspaces'
       AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'workspace_id' AND attnotnull))`,
  ),
  aiNative(
    30,
    'every key begins with it, so that the data can be distributed by it',
    `NOT EXISTS (
     SELECT FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
     WHERE relnamespace = 'public'::regnamespace AND relname <> 'workspaces' AND indisunique
       AND (SELECT attname FROM pg_attribute WHERE attrelid = indrelid AND attnum = indkey[0]) <> 'workspace_id')`,
  ),
  aiNative(39, 'workspaces', columns('workspaces', 'id', 'name', 'created_at')),
  aiNative(
    49,
    'users of a workspace, with name, picture, role',
    all(
      columns('users', 'workspace_id', 'full_name', 'avatar_url'),
      references('users', 'workspace_id', 'workspaces', 'cascade'),
      table('user_roles'),
    ),
    'Roles are tables, as the other document has them.',
  ),
  aiNative(61, 'idx_users_workspace_id', indexed('users', 'workspace_id'), 'The primary key begins with it.'),
  aiNative(
    82,
    'accounts',
    all(
      columns('accounts', 'name', 'website', 'industry', 'employee_count', 'custom_fields', 'owner_id'),
      references('accounts', 'workspace_id', 'workspaces', 'cascade'),
    ),
  ),
  aiNative(97, 'accounts by workspace', indexed('accounts', 'workspace_id')),
  aiNative(98, 'idx_accounts_owner_id', indexed('accounts', 'workspace_id', 'owner_id')),
  aiNative(
    101,
    'contact_lifecycle_stage',
    labels('contact_lifecycle_stage', 'lead', 'opportunity_contact', 'customer', 'churned'),
  ),
  aiNative(
    109,
    'contacts',
    columns(
      'contacts',
      'account_id',
      'first_name',
      'last_name',
      'email',
      'job_title',
      'lifecycle_stage',
      'custom_fields',
      'owner_id',
    ),
  ),
  aiNative(
    118,
    'a contact is a lead at first',
    "(SELECT pg_get_expr(adbin, adrelid) LIKE '''lead''%' FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = 'contacts'::regclass AND attname = 'lifecycle_stage')",
  ),
  aiNative(127, 'contacts by account', indexed('contacts', 'workspace_id', 'account_id')),
  aiNative(128, 'contacts by owner', indexed('contacts', 'workspace_id', 'owner_id')),
  aiNative(129, 'contacts by lifecycle stage', indexed('contacts', 'workspace_id', 'lifecycle_stage')),
  aiNative(
    132,
    'duplicates by e-mail within a workspace',
    all(index('idx_contacts_email', 'lower(email)'), table('duplicate_candidates')),
    softUnique,
  ),
  // Section 2: pipeline and activity stream
  aiNative(
    211,
    'a buying committee with roles',
    columns('opportunity_participants', 'opportunity_id', 'contact_id', 'role'),
  ),
  aiNative(
    237,
    'opportunities go with their account or contact',
    all(
      references('opportunities', 'account_id', 'accounts', 'cascade'),
      references('opportunities', 'contact_id', 'contacts', 'cascade'),
    ),
  ),
  aiNative(
    245,
    'chk_opportunity_has_target',
    "EXISTS (SELECT FROM pg_constraint WHERE conname = 'chk_opportunity_has_target')",
  ),
  aiNative(
    249,
    'opportunities by account, contact and owner',
    all(
      indexed('opportunities', 'workspace_id', 'account_id'),
      indexed('opportunities', 'workspace_id', 'contact_id'),
      indexed('opportunities', 'workspace_id', 'owner_id'),
    ),
  ),
  aiNative(
    259,
    'one row per person and deal',
    primaryKey('opportunity_participants', 'workspace_id', 'opportunity_id', 'contact_id'),
  ),
  aiNative(
    270,
    'an interaction may be about contacts, accounts, or both',
    all(table('activity_contacts'), table('activity_accounts')),
    'By junctions instead of nullable columns, so that a meeting may have several people.',
  ),
  aiNative(
    284,
    'interaction_type',
    labels('activity_type', 'call', 'email', 'meeting', 'note', 'task_completed'),
  ),
  aiNative(
    293,
    'interactions: who, what, when, metadata',
    columns('activities', 'user_id', 'type', 'body', 'occurred_at', 'metadata'),
    'Called activities.',
  ),
  aiNative(
    307,
    'interactions by contact and by account',
    all(
      index('idx_activity_contacts_timeline', '(workspace_id, contact_id, occurred_at DESC'),
      index('idx_activity_accounts_timeline', '(workspace_id, account_id, occurred_at DESC'),
    ),
  ),
  aiNative(
    311,
    'notes with a target',
    all(
      columns('notes', 'contact_id', 'account_id', 'user_id', 'content'),
      "EXISTS (SELECT FROM pg_constraint WHERE conname = 'chk_note_has_target')",
    ),
  ),
  aiNative(
    326,
    'tasks with status and what they are about',
    columns(
      'tasks',
      'title',
      'due_date',
      'status',
      'assigned_to_id',
      'contact_id',
      'account_id',
      'opportunity_id',
    ),
  ),
  aiNative(
    341,
    'tasks by the person they are assigned to',
    indexed('tasks', 'workspace_id', 'assigned_to_id'),
  ),
  aiNative(
    344,
    'documents: metadata, the file elsewhere',
    all(
      columns(
        'documents',
        'file_name',
        'file_path',
        'mime_type',
        'file_size_bytes',
        'uploaded_by_id',
        'contact_id',
        'account_id',
        'opportunity_id',
      ),
      columns('attachments', 'content_hash'),
    ),
  ),
  // Section 5: the walk-throughs, as far as the schema goes
  aiNative(
    777,
    'Jane Doe: a lead without an account',
    "(SELECT count(*) = 1 FROM contacts WHERE email = 'jane.doe@email.com' AND account_id IS NULL)",
  ),
  aiNative(
    788,
    'Jane buys: a won deal without an account',
    "(SELECT count(*) = 1 FROM opportunities AS o JOIN contacts AS c ON c.id = o.contact_id WHERE c.email = 'jane.doe@email.com' AND o.account_id IS NULL AND o.stage = 'closed_won' AND o.amount = 150)",
  ),
  aiNative(
    806,
    'MegaCorp: the initiator of a deal',
    "(SELECT count(*) = 1 FROM opportunity_participants WHERE role = 'Initiator')",
  ),
];
