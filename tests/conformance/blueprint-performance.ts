import { all, blueprint, foreignKeysIndexed, type Item, index, inKey, type } from './requirement.ts';

export const blueprintPerformance: readonly Item[] = [
  // Part III: indexes and partitions
  blueprint(339, 'every foreign key is indexed', foreignKeysIndexed),
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
  blueprint(341, 'contacts.email is indexed', index('idx_contacts_email', 'lower(email)')),
  blueprint(
    362,
    'full text of the descriptions of cases',
    index('idx_cases_description_tsv_gin', 'USING gin (search_tsv)'),
  ),
];
