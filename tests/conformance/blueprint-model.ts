import {
  all,
  blueprint,
  columns,
  type Item,
  index,
  indexed,
  labels,
  primaryKey,
  references,
  softUnique,
  table,
  touched,
  type,
} from './requirement.ts';

export const blueprintModel: readonly Item[] = [
  // Part I: the entities and their relations
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
  blueprint(
    39,
    'quotes for an opportunity',
    references('quotes', 'opportunity_id', 'opportunities', 'cascade'),
  ),
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
    52,
    'a contact has one account, which has many contacts',
    references('contacts', 'account_id', 'accounts', 'set null'),
  ),
  blueprint(
    53,
    'an account has many opportunities',
    references('opportunities', 'account_id', 'accounts', 'cascade'),
  ),
  blueprint(
    56,
    'a junction table for the people of a deal',
    all(
      references('opportunity_participants', 'opportunity_id', 'opportunities', 'cascade'),
      references('opportunity_participants', 'contact_id', 'contacts', 'cascade'),
    ),
    'Named opportunity_participants, as the other document has it, with the role.',
  ),
  blueprint(
    58,
    'contacts.converted_from_lead_id',
    references('contacts', 'converted_from_lead_id', 'leads', 'set null'),
  ),
  blueprint(
    60,
    'activity_contacts with real foreign keys',
    all(
      references('activity_contacts', 'contact_id', 'contacts', 'cascade'),
      references('activity_contacts', 'activity_id', 'activities', 'cascade'),
    ),
  ),
  blueprint(
    61,
    'activity_opportunities with real foreign keys',
    all(
      references('activity_opportunities', 'opportunity_id', 'opportunities', 'cascade'),
      references('activity_opportunities', 'activity_id', 'activities', 'cascade'),
    ),
  ),
  blueprint(
    62,
    'activity_cases with real foreign keys',
    all(
      references('activity_cases', 'case_id', 'cases', 'cascade'),
      references('activity_cases', 'activity_id', 'activities', 'cascade'),
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
  // Part II: the physical schema
  blueprint(
    108,
    'updated_at is set by a trigger',
    all(...['users', 'accounts', 'contacts', 'opportunities', 'activities'].map(touched)),
  ),
  blueprint(
    131,
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
    'The union of both documents, in one spelling; a workspace names them in pipeline_stages.',
  ),
  blueprint(
    147,
    'the types of activities as an enumeration',
    labels('activity_type', 'call', 'email', 'meeting', 'note', 'task_completed'),
    'A task is a record of its own; what is logged is its completion.',
  ),
  blueprint(
    160,
    'the status of a case as an enumeration',
    labels('case_status', 'new', 'open', 'pending', 'resolved', 'closed'),
  ),
  blueprint(
    202,
    'users: UUID key, e-mail, digest of the password, active by default',
    all(
      type('users', 'id', 'uuid'),
      indexed('users', 'workspace_id'),
      "(SELECT pg_get_expr(adbin, adrelid) = 'true' FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = 'users'::regclass AND attname = 'is_active')",
    ),
    softUnique,
  ),
  blueprint(
    224,
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
    252,
    'contacts: company may go (SET NULL), creator and owner are kept',
    all(
      references('contacts', 'account_id', 'accounts', 'set null'),
      references('contacts', 'owner_id', 'users', 'set null'),
      columns('contacts', 'created_by'),
    ),
  ),
  blueprint(
    258,
    'contacts.email is a business identifier',
    index('idx_contacts_email', 'lower(email)'),
    softUnique,
  ),
  blueprint(
    276,
    'opportunities: exact money, probability from 0 to 1, company CASCADE',
    all(
      type('opportunities', 'amount', 'numeric(19,4)'),
      references('opportunities', 'account_id', 'accounts', 'cascade'),
      "EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'opportunities'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%probability%')",
    ),
  ),
  blueprint(
    311,
    'activities are partitioned by time',
    all(
      "(SELECT relkind = 'p' FROM pg_class WHERE oid = 'activities'::regclass)",
      primaryKey('activities', 'workspace_id', 'id', 'occurred_at'),
    ),
    'By the time of the interaction, which queries name; the key contains it, because PostgreSQL refuses one that does not.',
  ),
  blueprint(
    321,
    'UUID keys',
    "(SELECT bool_and(format_type(atttypid, NULL) = 'uuid') FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attname = 'id')",
  ),
  blueprint(
    322,
    'every time has a time zone',
    "NOT EXISTS (SELECT FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND format_type(atttypid, NULL) = 'timestamp without time zone')",
  ),
  blueprint(
    323,
    'text without lengths',
    "NOT EXISTS (SELECT FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND format_type(atttypid, NULL) IN ('character varying', 'character'))",
  ),
  blueprint(
    324,
    'custom fields as JSONB',
    all(
      ...['accounts', 'contacts', 'opportunities', 'leads', 'products', 'cases', 'tasks', 'activities'].map(
        (name) => type(name, 'custom_fields', 'jsonb'),
      ),
    ),
  ),
  blueprint(
    326,
    'money as NUMERIC, never floating point',
    "NOT EXISTS (SELECT FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND format_type(atttypid, NULL) IN ('real', 'double precision', 'money'))",
  ),
  blueprint(
    178,
    'users: id, email, password_hash, names',
    columns('users', 'id', 'email', 'password_hash', 'first_name', 'last_name'),
  ),
  blueprint(
    185,
    'leads: status, source, email, company_name',
    columns('leads', 'status', 'source', 'email', 'company_name'),
  ),
  blueprint(
    188,
    'contacts and opportunities, many to many',
    primaryKey('opportunity_participants', 'workspace_id', 'opportunity_id', 'contact_id'),
  ),
  blueprint(
    189,
    'products: name, description, unit_price',
    columns('products', 'name', 'description', 'unit_price'),
  ),
  blueprint(
    190,
    'quotes: opportunity, status, valid_until',
    columns('quotes', 'opportunity_id', 'status', 'valid_until'),
  ),
  blueprint(
    191,
    'quote_line_items: quote, product, quantity, price',
    all(
      references('quote_line_items', 'quote_id', 'quotes', 'cascade'),
      references('quote_line_items', 'product_id', 'products', 'set null'),
      columns('quote_line_items', 'quantity', 'unit_price', 'line_total'),
    ),
  ),
  blueprint(
    193,
    'activities and what they are about',
    all(
      ...['accounts', 'contacts', 'opportunities', 'cases'].map((name) => table('activity_' + name)),
      "to_regclass('public.activity_associations') IS NULL",
    ),
    'The text before (line 59) argues against the polymorphic junction that this table names: one junction with real foreign keys for each kind.',
  ),
  blueprint(
    194,
    'cases: contact, status, priority, subject',
    columns('cases', 'contact_id', 'status', 'priority', 'subject'),
  ),
  blueprint(
    203,
    'keys that need no round trip',
    "(SELECT count(*) = 0 FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE attname = 'id' AND adrelid IN ('users'::regclass, 'accounts'::regclass, 'contacts'::regclass, 'opportunities'::regclass, 'activities'::regclass))",
    'The application makes them, as UUIDs of version 7, which sort by time; a default would make others.',
  ),
  blueprint(
    256,
    'contacts.last_name',
    columns('contacts', 'last_name'),
    'May be empty where there is a first name or an e-mail address: many cultures and many lists have one name.',
  ),
  blueprint(
    282,
    'a deal begins as prospecting',
    "(SELECT pg_get_expr(adbin, adrelid) LIKE '''prospecting''%' FROM pg_attrdef JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum WHERE adrelid = 'opportunities'::regclass AND attname = 'stage')",
  ),
  blueprint(
    327,
    'closed sets are enumerations',
    "(SELECT bool_and(typtype = 'e') FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid WHERE (attrelid, attname) IN (('opportunities'::regclass, 'stage'), ('activities'::regclass, 'type'), ('cases'::regclass, 'status'), ('leads'::regclass, 'status'), ('quotes'::regclass, 'status'), ('tasks'::regclass, 'status'), ('contacts'::regclass, 'lifecycle_stage')))",
  ),
];
