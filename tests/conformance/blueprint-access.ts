import { all, blueprint, columns, type Item, inKey, primaryKey, references, type } from './requirement.ts';

export const blueprintAccess: readonly Item[] = [
  // Part IV: access, custom fields, security
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
      references('role_permissions', 'role_id', 'roles', 'cascade'),
    ),
  ),
  blueprint(
    575,
    'user_roles',
    all(
      primaryKey('user_roles', 'workspace_id', 'user_id', 'role_id'),
      references('user_roles', 'user_id', 'users', 'cascade'),
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
];
