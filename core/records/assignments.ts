import { type SQL, sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say, term } from '#shared/message.ts';
import type { FieldDefinition } from '#shared/objects/field.ts';
import type { CustomFields } from '#shared/values.ts';
import { columnOf, json } from '../data/statement.ts';
import { enumTypes, type RecordObject } from './record-object.ts';
import type { Assignment, RecordValues } from './record-values.ts';

/** Per column type, so that PostgreSQL reads each parameter as what it is. */
function typeOf(field: FieldDefinition): string {
  switch (field.type) {
    case 'integer':
      return 'integer';
    case 'money':
    case 'percent':
      return 'numeric';
    case 'date':
      return 'date';
    case 'datetime':
      return 'timestamptz';
    case 'boolean':
      return 'boolean';
    case 'reference':
      return 'uuid';
    case 'select':
      return field.optionsName ? (enumTypes[field.optionsName] ?? 'text') : 'text';
    case 'text':
    case 'long_text':
    case 'email':
    case 'phone':
    case 'url':
      return 'text';
    case 'tags':
      return 'text[]';
    default:
      return field.type satisfies never;
  }
}

/**
 * The columns that the values set. An empty text is stored as no value. Custom fields are merged key by key: a key given
 * as null is removed, one left out is kept.
 * @throws SatchelError `invalid` naming a property that is not a field, or one that is not a person's to set
 */
export function assignments(
  object: RecordObject,
  values: RecordValues,
  kind: 'insert' | 'update',
): Assignment[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      if (key === 'customFields') return { column: 'custom_fields', value: customFields(value, kind) };
      const field = object.fields.find((candidate) => candidate.key === key);
      if (!field || field.isReadOnly) {
        throw new SatchelError('invalid', say`"${key}" cannot be set on ${term(object.plural)}.`, {
          details: { field: key },
        });
      }
      return { column: field.column, value: parameter(field, value) };
    });
}

function parameter(field: FieldDefinition, value: unknown): SQL {
  const stored = value === '' ? null : value;
  return sql`${stored}::${sql.raw(typeOf(field))}`;
}

function customFields(value: unknown, kind: 'insert' | 'update'): SQL {
  // The contract's schema has made it a record of JSON values.
  const given = value as CustomFields;
  const kept = json(Object.fromEntries(Object.entries(given).filter(([, one]) => one !== null)));
  if (kind === 'insert') return kept;
  const removed = Object.keys(given).filter((key) => given[key] === null);
  return sql`(${columnOf('r', 'custom_fields')} || ${kept}) - ${removed}::text[]`;
}

/** `column = value, ...` for an UPDATE. */
export function setClause(given: readonly Assignment[]): SQL {
  return sql.join(
    given.map(({ column, value }) => sql`${sql.identifier(column)} = ${value}`),
    sql`, `,
  );
}
