/**
 * Each kind of query behind a screen with the index that is meant to serve it, for the query-plan tests. `$contact` and the
 * like stand for the id of some record. All run as the role of requests with a workspace and a person set.
 */
export interface ScreenQuery {
  readonly screen: string;
  readonly sql: string;
  /** Any of these in the plan; the primary key where a record is fetched. */
  readonly indexes: readonly string[];
}

export const screenQueries: readonly ScreenQuery[] = [
  {
    screen: 'contacts by name',
    sql: 'SELECT id, full_name, email FROM contacts WHERE deleted_at IS NULL ORDER BY name_key, id LIMIT 50',
    indexes: ['idx_contacts_name_key'],
  },
  {
    screen: 'contacts by name, next page',
    sql: "SELECT id, full_name, email FROM contacts WHERE deleted_at IS NULL AND (name_key, id) > ('m', '00000000-0000-0000-0000-000000000000') ORDER BY name_key, id LIMIT 50",
    indexes: ['idx_contacts_name_key'],
  },
  {
    screen: 'contacts created last',
    sql: 'SELECT id FROM contacts WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT 50',
    indexes: ['idx_contacts_created_at'],
  },
  {
    screen: 'contacts changed last',
    sql: 'SELECT id FROM contacts WHERE deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT 50',
    indexes: ['idx_contacts_updated_at'],
  },
  {
    screen: 'contacts of a lifecycle stage',
    sql: "SELECT id FROM contacts WHERE lifecycle_stage = 'customer' ORDER BY created_at DESC LIMIT 50",
    indexes: ['idx_contacts_lifecycle_stage'],
  },
  {
    screen: 'contacts of a person',
    sql: "SELECT id FROM contacts WHERE owner_id = '$user' AND deleted_at IS NULL LIMIT 50",
    indexes: ['idx_contacts_owner_id'],
  },
  {
    screen: 'contacts of an account',
    sql: "SELECT first_name, last_name, email, job_title FROM contacts WHERE account_id = '$account'",
    indexes: ['idx_contacts_company_lookup'],
  },
  {
    screen: 'search as one types, people',
    sql: "SELECT id, full_name FROM contacts WHERE search_text LIKE '%gonzalez%' AND deleted_at IS NULL LIMIT 20",
    indexes: ['idx_contacts_search'],
  },
  {
    screen: 'search as one types, companies',
    sql: "SELECT id, name FROM accounts WHERE search_text LIKE '%betatech%' AND deleted_at IS NULL LIMIT 20",
    indexes: ['idx_accounts_search'],
  },
  {
    screen: 'search as one types, deals',
    sql: "SELECT id, name FROM opportunities WHERE search_text LIKE '%renewal%' AND deleted_at IS NULL LIMIT 20",
    indexes: ['idx_opportunities_search'],
  },
  {
    screen: 'does this e-mail exist already, trash included',
    sql: "SELECT id FROM contacts WHERE lower(email) = 'jane.doe@email.com'",
    indexes: ['idx_contacts_email'],
  },
  {
    screen: 'contacts with a custom field',
    sql: `SELECT id FROM contacts WHERE custom_fields <> '{}' AND custom_fields @> '{"region": "APAC"}' LIMIT 50`,
    indexes: ['idx_contacts_custom_fields_gin'],
  },
  {
    screen: 'trash',
    sql: 'SELECT id FROM contacts WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC, id LIMIT 50',
    indexes: ['idx_contacts_trash'],
  },
  {
    screen: 'accounts by name',
    sql: 'SELECT id, name FROM accounts WHERE deleted_at IS NULL ORDER BY name_key, id LIMIT 50',
    indexes: ['idx_accounts_name_key'],
  },
  {
    screen: 'account by its name, in an import',
    sql: "SELECT id FROM accounts WHERE name_key = 'betatech'",
    indexes: ['idx_accounts_name_key'],
  },
  {
    screen: 'subsidiaries',
    sql: "SELECT id FROM accounts WHERE parent_account_id = '$account'",
    indexes: ['idx_accounts_parent_account_id'],
  },
  {
    screen: 'a column of the board',
    sql: "SELECT id, name, amount FROM opportunities WHERE stage = 'proposal' AND deleted_at IS NULL ORDER BY close_date LIMIT 50",
    indexes: ['idx_opportunities_stage_close_date'],
  },
  {
    screen: "a person's open deals",
    sql: "SELECT id FROM opportunities WHERE owner_id = '$user' AND stage NOT IN ('closed_won', 'closed_lost') AND deleted_at IS NULL ORDER BY close_date",
    indexes: ['idx_opportunities_open_by_owner'],
  },
  {
    screen: 'deals by amount',
    sql: 'SELECT id FROM opportunities WHERE deleted_at IS NULL ORDER BY amount DESC, id DESC LIMIT 50',
    indexes: ['idx_opportunities_amount'],
  },
  {
    screen: 'deals of an account',
    sql: "SELECT id FROM opportunities WHERE account_id = '$account'",
    indexes: ['idx_opportunities_account_id'],
  },
  {
    screen: 'deal by its id in the source system',
    sql: "SELECT id FROM opportunities WHERE external_ref = '1C1I7A6R'",
    indexes: ['idx_opportunities_external_ref'],
  },
  {
    screen: "a contact's timeline, first the links",
    sql: "SELECT activity_id, occurred_at FROM activity_contacts WHERE contact_id = '$contact' ORDER BY occurred_at DESC, activity_id LIMIT 30",
    indexes: ['idx_activity_contacts_timeline'],
  },
  {
    screen: "a contact's timeline, then the activities",
    sql: "SELECT id, type, subject FROM activities WHERE id = ANY (ARRAY['$activity']::uuid[]) AND occurred_at BETWEEN '$from' AND '$to'",
    indexes: ['activities_y'],
  },
  {
    screen: 'all activities of the last weeks',
    sql: "SELECT id, occurred_at, type FROM activities WHERE occurred_at >= now() - interval '30 days' AND deleted_at IS NULL ORDER BY occurred_at DESC LIMIT 50",
    indexes: ['_workspace_id_occurred_at_id_idx'],
  },
  {
    screen: 'full text of activities',
    sql: "SELECT id FROM activities WHERE body_tsv @@ to_tsquery('satchel.search', 'pricing & integr:*') LIMIT 50",
    indexes: ['_body_tsv_idx'],
  },
  {
    screen: 'my pending tasks',
    sql: "SELECT id, title FROM tasks WHERE assigned_to_id = '$user' AND status = 'pending' AND deleted_at IS NULL ORDER BY due_date",
    indexes: ['idx_tasks_assigned_to_id_pending'],
  },
  {
    screen: 'notes of a contact',
    sql: "SELECT id, content FROM notes WHERE contact_id = '$contact' ORDER BY created_at DESC LIMIT 30",
    indexes: ['idx_notes_contact_id'],
  },
  {
    screen: 'what happened to a record',
    sql: "SELECT operation, field, old_value, new_value FROM field_history WHERE record_id = '$contact' ORDER BY seq DESC LIMIT 50",
    indexes: ['idx_field_history_record'],
  },
  {
    screen: 'what an import made',
    sql: "SELECT object, record_id FROM field_history WHERE change_set_id = '$change_set' ORDER BY seq LIMIT 100",
    indexes: ['field_history_pkey'],
  },
];
