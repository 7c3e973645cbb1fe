/**
 * What the two source documents ask of the database, item by item with the line it stands on, and the SQL that shows it is
 * there. Where Satchel does it differently on purpose, `differs` says how and why, and the check shows that.
 *
 * - `blueprint`: "Architecting a High-Performance CRM Database in PostgreSQL"
 * - `ai-native`: "Architecting a Unified B2B/B2C AI-Native CRM on PostgreSQL and pgvector"
 */
export interface Item {
  readonly source: 'blueprint' | 'ai-native';
  readonly line: number;
  readonly item: string;
  /** An SQL expression that is true when the item is there. */
  readonly check: string;
  readonly differs?: string;
}

const table = (name: string): string => `to_regclass('public.${name}') IS NOT NULL`;
const columns = (name: string, ...wanted: string[]): string =>
  `(SELECT count(*) = ${wanted.length} FROM pg_attribute WHERE attrelid = 'public.${name}'::regclass AND NOT attisdropped
     AND attname IN (${wanted.map((each) => `'${each}'`).join(', ')}))`;
const type = (name: string, column: string, wanted: string): string =>
  `(SELECT format_type(atttypid, atttypmod) = '${wanted}' FROM pg_attribute WHERE attrelid = 'public.${name}'::regclass AND attname = '${column}')`;
const labels = (name: string, ...wanted: string[]): string =>
  `(SELECT array_agg(enumlabel::text ORDER BY enumsortorder) = ARRAY[${wanted.map((each) => `'${each}'`).join(', ')}]
    FROM pg_enum WHERE enumtypid = 'public.${name}'::regtype)`;
/** An index of this name whose definition holds the text. */
const index = (name: string, text: string): string =>
  `(SELECT pg_get_indexdef(oid) LIKE '%${text.replaceAll("'", "''")}%' FROM pg_class WHERE relname = '${name}' AND relkind IN ('i', 'I'))`;
/** Some index of the table begins with these columns, so that it serves a foreign key or a filter on them. */
const indexed = (name: string, ...leading: string[]): string =>
  `EXISTS (SELECT FROM pg_index WHERE indrelid = 'public.${name}'::regclass AND (
     SELECT array_agg(attname::text ORDER BY o) FROM unnest(indkey) WITH ORDINALITY AS k (n, o)
     JOIN pg_attribute ON attrelid = indrelid AND attnum = n WHERE o <= ${leading.length}
   ) = ARRAY[${leading.map((each) => `'${each}'`).join(', ')}])`;
const references = (name: string, column: string, target: string, onDelete: 'c' | 'n'): string =>
  `EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'public.${name}'::regclass AND contype = 'f'
     AND confrelid = 'public.${target}'::regclass AND confdeltype = '${onDelete}' AND EXISTS (
       SELECT FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey) AND attname = '${column}'))`;
const touched = (name: string): string =>
  `EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'public.${name}'::regclass AND tgname = 'touch')`;
const primaryKey = (name: string, ...wanted: string[]): string =>
  `(SELECT pg_get_constraintdef(oid) = 'PRIMARY KEY (${wanted.join(', ')})' FROM pg_constraint
    WHERE conrelid = 'public.${name}'::regclass AND contype = 'p')`;
const hnsw = (name: string, column: string): string =>
  index(
    `idx_${name}_${column}_hnsw`,
    `USING hnsw (${column} vector_ip_ops) WITH (m='32', ef_construction='128')`,
  );
const all = (...checks: string[]): string => checks.map((check) => `(${check})`).join(' AND ');

/** An index begins with the workspace and the id that the key points with; an activity's id needs no time beside it. */
const foreignKeysIndexed = `NOT EXISTS (
  SELECT FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conparentid = 0
    AND NOT (SELECT relispartition FROM pg_class WHERE oid = conrelid)
    AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = conrelid
      AND (indkey::int2[])[0:least(cardinality(conkey), 2) - 1] <@ conkey))`;

const inKey = 'The key begins with the workspace, so that no reference crosses tenants.';
const softUnique =
  'Uniqueness is soft: two laptops may make the same person offline, and a constraint would tell of hidden rows. Look-ups have an index, matches go to the duplicate queue.';

const blueprint = (line: number, item: string, check: string, differs?: string): Item => ({
  source: 'blueprint',
  line,
  item,
  check,
  ...(differs === undefined ? {} : { differs }),
});
const aiNative = (line: number, item: string, check: string, differs?: string): Item => ({
  ...blueprint(line, item, check, differs),
  source: 'ai-native',
});

export const items: readonly Item[] = [
  // Blueprint, Part I: the entities and their relations
  blueprint(
    24,
    'users: details, credentials, status',
    columns('users', 'email', 'password_hash', 'is_active'),
  ),
  blueprint(25, 'roles', table('roles')),
  blueprint(
    26,
    'granular permissions such as contact:create and opportunity:delete',
    "(SELECT count(*) = 3 FROM satchel.permission_list() WHERE object || ':' || action IN ('contact:create', 'opportunity:delete', 'report:read'))",
  ),
  blueprint(
    28,
    'account: name, industry, size, address, website',
    columns('accounts', 'name', 'industry', 'employee_count', 'address_street', 'website'),
  ),
  blueprint(
    30,
    'contact: names, title, e-mail, phone, account',
    columns(
      'contacts',
      'first_name',
      'last_name',
      'job_title',
      'email',
      'phone_mobile',
      'phone_work',
      'account_id',
    ),
  ),
  blueprint(
    31,
    'leads apart from contacts, converted into account, contact and opportunity',
    all(
      table('leads'),
      columns(
        'leads',
        'converted_account_id',
        'converted_contact_id',
        'converted_opportunity_id',
        'converted_at',
      ),
    ),
  ),
  blueprint(
    36,
    'opportunity: name, value, close date, stage, probability',
    columns('opportunities', 'name', 'amount', 'close_date', 'stage', 'probability'),
  ),
  blueprint(
    38,
    'products: catalogue with standard price and description',
    columns('products', 'name', 'description', 'unit_price'),
  ),
  blueprint(39, 'quotes for an opportunity', references('quotes', 'opportunity_id', 'opportunities', 'c')),
  blueprint(
    40,
    'quote_line_items link a product with quantity and price',
    columns('quote_line_items', 'quote_id', 'product_id', 'quantity', 'unit_price'),
  ),
  blueprint(
    42,
    'activities: type, date, summary, outcome',
    columns('activities', 'type', 'occurred_at', 'subject', 'outcome'),
  ),
  blueprint(
    44,
    'cases: number, status, priority, reporting contact and account',
    columns('cases', 'case_number', 'status', 'priority', 'contact_id', 'account_id'),
  ),
  blueprint(
    56,
    'a junction table for the people of a deal',
    all(
      references('opportunity_participants', 'opportunity_id', 'opportunities', 'c'),
      references('opportunity_participants', 'contact_id', 'contacts', 'c'),
    ),
    'Named opportunity_participants, as the other document has it, with the role.',
  ),
  blueprint(
    58,
    'contacts.converted_from_lead_id',
    references('contacts', 'converted_from_lead_id', 'leads', 'n'),
  ),
  blueprint(
    60,
    'activity_contacts with real foreign keys',
    all(
      references('activity_contacts', 'contact_id', 'contacts', 'c'),
      references('activity_contacts', 'activity_id', 'activities', 'c'),
    ),
  ),
  blueprint(
    61,
    'activity_opportunities with real foreign keys',
    all(
      references('activity_opportunities', 'opportunity_id', 'opportunities', 'c'),
      references('activity_opportunities', 'activity_id', 'activities', 'c'),
    ),
  ),
  blueprint(
    62,
    'activity_cases with real foreign keys',
    all(
      references('activity_cases', 'case_id', 'cases', 'c'),
      references('activity_cases', 'activity_id', 'activities', 'c'),
    ),
  ),
  blueprint(
    88,
    'a normalised core: an e-mail address is kept in the contact alone',
    "NOT EXISTS (SELECT FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE attname = 'email' AND relname IN ('activities', 'opportunities', 'quotes', 'cases'))",
  ),
  blueprint(
    91,
    'sales_dashboard_view: revenue by person and month, beforehand',
    "EXISTS (SELECT FROM pg_matviews WHERE schemaname = 'satchel' AND matviewname = 'sales_dashboard_view' AND ispopulated)",
  ),

  // Blueprint, Part II: the physical schema
  blueprint(
    108,
    'updated_at is set by a trigger',
    all(...['users', 'accounts', 'contacts', 'opportunities', 'activities'].map(touched)),
  ),
  blueprint(
    139,
    'the stages of the pipeline as an enumeration',
    labels(
      'opportunity_stage',
      'prospecting',
      'qualification',
      'needs_analysis',
      'value_proposition',
      'proposal',
      'negotiation',
      'closed_won',
      'closed_lost',
    ),
    'The union of both documents, in one spelling; a workspace names them in stage_settings.',
  ),
  blueprint(
    151,
    'the types of activities as an enumeration',
    labels('activity_type', 'call', 'email', 'meeting', 'note', 'task_completed'),
    'A task is a record of its own; what is logged is its completion.',
  ),
  blueprint(
    159,
    'the status of a case as an enumeration',
    labels('case_status', 'new', 'open', 'pending', 'resolved', 'closed'),
  ),
  blueprint(
    205,
    'users: UUID key, e-mail, digest of the password, active by default',
    all(
      type('users', 'id', 'uuid'),
      indexed('users', 'workspace_id'),
      "(SELECT pg_get_expr(adbin, adrelid) = 'true' FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = 'users'::regclass AND attname = 'is_active')",
    ),
    softUnique,
  ),
  blueprint(
    221,
    'companies with split address, office phone, custom fields, owner',
    columns(
      'accounts',
      'phone_office',
      'address_street',
      'address_city',
      'address_state',
      'address_postal_code',
      'address_country',
      'custom_fields',
      'owner_id',
    ),
    'The table is called accounts.',
  ),
  blueprint(
    241,
    'contacts: company may go (SET NULL), creator and owner are kept',
    all(
      references('contacts', 'account_id', 'accounts', 'n'),
      references('contacts', 'owner_id', 'users', 'n'),
      columns('contacts', 'created_by'),
    ),
  ),
  blueprint(
    246,
    'contacts.email is a business identifier',
    index('idx_contacts_email', 'lower(email)'),
    softUnique,
  ),
  blueprint(
    257,
    'opportunities: exact money, probability from 0 to 1, company CASCADE',
    all(
      type('opportunities', 'amount', 'numeric(19,4)'),
      references('opportunities', 'account_id', 'accounts', 'c'),
      "EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'opportunities'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%probability%')",
    ),
  ),
  blueprint(
    274,
    'activities are partitioned by time',
    all(
      "(SELECT relkind = 'p' FROM pg_class WHERE oid = 'activities'::regclass)",
      primaryKey('activities', 'workspace_id', 'id', 'occurred_at'),
    ),
    'By the time of the interaction, which queries name; the key contains it, because PostgreSQL refuses one that does not.',
  ),
  blueprint(
    291,
    'UUID keys',
    "(SELECT bool_and(format_type(atttypid, NULL) = 'uuid') FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attname = 'id')",
  ),
  blueprint(
    292,
    'every time has a time zone',
    "NOT EXISTS (SELECT FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND format_type(atttypid, NULL) = 'timestamp without time zone')",
  ),
  blueprint(
    293,
    'text without lengths',
    "NOT EXISTS (SELECT FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND format_type(atttypid, NULL) IN ('character varying', 'character'))",
  ),
  blueprint(
    294,
    'custom fields as JSONB',
    all(
      ...['accounts', 'contacts', 'opportunities', 'leads', 'products', 'cases', 'tasks', 'activities'].map(
        (name) => type(name, 'custom_fields', 'jsonb'),
      ),
    ),
  ),
  blueprint(
    295,
    'money as NUMERIC, never floating point',
    "NOT EXISTS (SELECT FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND format_type(atttypid, NULL) IN ('real', 'double precision', 'money'))",
  ),

  // Blueprint, Part III: indexes and partitions
  blueprint(331, 'every foreign key is indexed', foreignKeysIndexed),
  blueprint(
    350,
    'idx_contacts_custom_fields_gin',
    index('idx_contacts_custom_fields_gin', 'USING gin (custom_fields'),
    'It serves containment; ranges and sorting have satchel.index_custom_field().',
  ),
  blueprint(371, 'a tsvector of the notes of an activity', type('activities', 'body_tsv', 'tsvector')),
  blueprint(
    379,
    'kept up to date by the database',
    "(SELECT attgenerated = 's' FROM pg_attribute WHERE attrelid = 'activities'::regclass AND attname = 'body_tsv')",
    'A generated column instead of a trigger.',
  ),
  blueprint(
    395,
    'idx_activities_notes_tsv_gin',
    index('idx_activities_notes_tsv_gin', 'USING gin (body_tsv)'),
  ),
  blueprint(
    403,
    'full text finds stems',
    "to_tsvector('satchel.search', 'The billing issues') @@ to_tsquery('satchel.search', 'billing & issue')",
  ),
  blueprint(
    413,
    'idx_opportunities_open_by_owner, partial',
    all(
      index('idx_opportunities_open_by_owner', '(workspace_id, owner_id'),
      index('idx_opportunities_open_by_owner', 'WHERE'),
      index('idx_opportunities_open_by_owner', 'closed_lost'),
    ),
    inKey,
  ),
  blueprint(
    432,
    'idx_contacts_company_lookup, covering',
    all(
      index('idx_contacts_company_lookup', '(workspace_id, account_id, '),
      index('idx_contacts_company_lookup', 'INCLUDE (first_name, last_name, email, job_title, '),
    ),
    inKey,
  ),
  blueprint(
    473,
    'monthly partitions named activities_y2025m01',
    "satchel.activity_partition_name('2025-01-15') = 'activities_y2025m01'",
  ),
  blueprint(
    498,
    'retention drops whole months',
    "to_regprocedure('satchel.drop_activity_partitions(date)') IS NOT NULL",
  ),
  blueprint(
    505,
    'partitions are made automatically',
    all(
      "to_regprocedure('satchel.maintain_activity_partitions(integer)') IS NOT NULL",
      'to_regclass(satchel.activity_partition_name(now()::date)) IS NOT NULL',
    ),
    'By functions of our own: the embedded database has no background workers for pg_partman.',
  ),

  // Blueprint, Part IV: access, custom fields, security
  blueprint(
    535,
    'roles.role_name, unique, with description',
    all(
      columns('roles', 'role_name', 'description'),
      "EXISTS (SELECT FROM pg_constraint WHERE conname = 'roles_role_name_key')",
    ),
    inKey,
  ),
  blueprint(
    547,
    'permissions.permission_name, unique, with description',
    all(
      columns('permissions', 'permission_name', 'description'),
      "EXISTS (SELECT FROM pg_constraint WHERE conname = 'permissions_permission_name_key')",
    ),
    inKey,
  ),
  blueprint(
    563,
    'role_permissions',
    all(
      primaryKey('role_permissions', 'workspace_id', 'role_id', 'permission_id'),
      references('role_permissions', 'role_id', 'roles', 'c'),
    ),
  ),
  blueprint(
    575,
    'user_roles',
    all(
      primaryKey('user_roles', 'workspace_id', 'user_id', 'role_id'),
      references('user_roles', 'user_id', 'users', 'c'),
    ),
  ),
  blueprint(588, 'no entity-attribute-value table', "to_regclass('public.custom_field_values') IS NULL"),
  blueprint(
    593,
    'custom fields need no ALTER TABLE, and are described',
    columns(
      'custom_field_definitions',
      'object',
      'key',
      'label',
      'type',
      'options',
      'is_required',
      'position',
      'is_indexed',
    ),
  ),
  blueprint(
    605,
    'find by the value of a custom field',
    '(SELECT count(*) = 1 FROM accounts WHERE custom_fields @> \'{"sector": "Technology"}\')',
    'Said as containment, which the index serves; ->> is not served by it.',
  ),
  blueprint(
    615,
    'a range over a numeric custom field',
    "(SELECT count(*) = 1 FROM accounts WHERE custom_fields -> 'lead_score' > '80')",
    'JSON numbers compare as numbers; satchel.index_custom_field() makes the index.',
  ),
  blueprint(
    626,
    'pgcrypto encrypts personal numbers in columns',
    all(
      "EXISTS (SELECT FROM pg_extension WHERE extname = 'pgcrypto')",
      type('contacts', 'national_id_encrypted', 'bytea'),
      "to_regprocedure('satchel.encrypt_pii(text)') IS NOT NULL",
    ),
  ),
  blueprint(
    637,
    'row-level security on opportunities',
    "(SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = 'opportunities'::regclass)",
  ),
  blueprint(
    645,
    'a rep sees their own opportunities only',
    "(SELECT pg_get_expr(polqual, polrelid) LIKE '%reached_owners%' FROM pg_policy WHERE polrelid = 'opportunities'::regclass AND polname = 'reads')",
    'For every command and with WITH CHECK; identity from the transaction, asked once per statement, not per row by current_user.',
  ),
  blueprint(
    661,
    'a sales manager sees all opportunities',
    "EXISTS (SELECT FROM role_permissions AS rp JOIN roles AS r ON r.id = rp.role_id JOIN permissions AS p ON p.id = rp.permission_id WHERE r.role_name = 'Sales Manager' AND p.permission_name = 'opportunity:read' AND rp.scope = 'all')",
  ),
  blueprint(
    678,
    'anonymised copies with realistic replacements',
    "satchel.anonymous_email('jane.doe@email.com', 'salt') ~ '^p[0-9a-f]+@d[0-9a-f]+\\.example$' AND satchel.anonymous_phone('+1 (555) 123-4567', 'salt') ~ '^\\+1 \\(\\d{3}\\) \\d{3}-\\d{4}$'",
  ),

  // AI-native, Section 1: tenants, accounts, contacts
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
      references('users', 'workspace_id', 'workspaces', 'c'),
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
      references('accounts', 'workspace_id', 'workspaces', 'c'),
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

  // AI-native, Section 2: pipeline and activity stream
  aiNative(
    211,
    'a buying committee with roles',
    columns('opportunity_participants', 'opportunity_id', 'contact_id', 'role'),
  ),
  aiNative(
    237,
    'opportunities go with their account or contact',
    all(
      references('opportunities', 'account_id', 'accounts', 'c'),
      references('opportunities', 'contact_id', 'contacts', 'c'),
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

  // AI-native, Section 3: embeddings
  aiNative(
    376,
    'vectors of 1024 dimensions',
    all(
      ...['accounts', 'contacts', 'opportunities'].map((name) =>
        type(name, 'summary_embedding', 'vector(1024)'),
      ),
    ),
  ),
  aiNative(
    380,
    'inner product, for normalised vectors',
    "(SELECT bool_and(pg_get_indexdef(oid) LIKE '%vector_ip_ops%') FROM pg_class WHERE relname LIKE 'idx\\_%\\_hnsw')",
  ),
  aiNative(407, 'CREATE EXTENSION vector', "EXISTS (SELECT FROM pg_extension WHERE extname = 'vector')"),
  aiNative(
    412,
    'content embeddings of interactions, notes and documents',
    all(...['activities', 'notes', 'documents'].map((name) => type(name, 'embedding', 'vector(1024)'))),
  ),
  aiNative(
    417,
    'summary embeddings of accounts and contacts',
    all(
      type('accounts', 'summary_embedding', 'vector(1024)'),
      type('contacts', 'summary_embedding', 'vector(1024)'),
    ),
  ),
  aiNative(
    442,
    'idx_interactions_embedding_hnsw',
    hnsw('activities', 'embedding'),
    'Only for rows marked as being in the graph: the laptop puts them in by background work.',
  ),
  aiNative(443, 'idx_notes_embedding_hnsw', hnsw('notes', 'embedding')),
  aiNative(444, 'idx_documents_embedding_hnsw', hnsw('documents', 'embedding')),
  aiNative(447, 'idx_accounts_summary_embedding_hnsw', hnsw('accounts', 'summary_embedding')),
  aiNative(448, 'idx_contacts_summary_embedding_hnsw', hnsw('contacts', 'summary_embedding')),

  // AI-native, Section 4: performance
  aiNative(488, 'every foreign key has an index', foreignKeysIndexed),
  aiNative(
    495,
    'contacts (workspace_id, lifecycle_stage, created_at DESC)',
    index('idx_contacts_lifecycle_stage', '(workspace_id, lifecycle_stage, created_at DESC)'),
  ),
  aiNative(
    499,
    'contacts (workspace_id, owner_id)',
    index('idx_contacts_owner_id', '(workspace_id, owner_id, '),
  ),
  aiNative(
    502,
    'accounts (workspace_id, name)',
    index('idx_accounts_workspace_name', '(workspace_id, name)'),
  ),
  aiNative(
    505,
    'opportunities (workspace_id, stage, close_date)',
    index('idx_opportunities_stage_close_date', '(workspace_id, stage, close_date)'),
  ),
  aiNative(
    508,
    "tasks (assigned_to_id) WHERE status = 'pending'",
    all(
      index('idx_tasks_assigned_to_id_pending', '(workspace_id, assigned_to_id'),
      index('idx_tasks_assigned_to_id_pending', "'pending'"),
    ),
    inKey,
  ),
  aiNative(
    511,
    'interactions (workspace_id, interacted_at DESC)',
    index('idx_activities_occurred_at', '(workspace_id, occurred_at DESC'),
  ),
  aiNative(
    520,
    'a partition for each month',
    "(SELECT count(*) >= 3 FROM pg_inherits WHERE inhparent = 'activities'::regclass)",
  ),
  aiNative(
    523,
    'each partition has an HNSW index of its own',
    `(SELECT bool_and(EXISTS (
     SELECT FROM pg_index JOIN pg_class AS i ON i.oid = indexrelid JOIN pg_am ON pg_am.oid = i.relam
     WHERE indrelid = inhrelid AND amname = 'hnsw')) FROM pg_inherits WHERE inhparent = 'activities'::regclass)`,
  ),
  aiNative(
    555,
    'with m = 32 and ef_construction = 128',
    `(SELECT bool_and(i.reloptions @> ARRAY['m=32', 'ef_construction=128'])
     FROM pg_inherits JOIN pg_index ON indrelid = inhrelid JOIN pg_class AS i ON i.oid = indexrelid JOIN pg_am ON pg_am.oid = i.relam
     WHERE inhparent = 'activities'::regclass AND amname = 'hnsw')`,
  ),

  // AI-native, Section 5: the walk-throughs, as far as the schema goes
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
