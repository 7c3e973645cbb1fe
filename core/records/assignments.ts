import { type SQL, sql } from '#db/sql.ts';
import { SatchelError } from '#shared/errors.ts';
import { say, term } from '#shared/message.ts';
import type { FieldDefinition } from '#shared/objects/objects.ts';
import type { CustomFields } from '#shared/values.ts';
import { columnOf, json } from '../data/statement.ts';
import type { RecordObject } from './record-object.ts';
import type { Assignment, RecordValues } from './record-values.ts';

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
        throw new SatchelError('invalid', say`"${key}" cannot be set on ${term(object.name)}.`, {
          details: { field: key },
        });
      }
      return { column: field.column, value: parameter(field, value) };
    });
}

function parameter(field: FieldDefinition, value: unknown): SQL {
  const stored = value === '' ? null : value;
  return sql`${stored}::${sql.raw(field.sqlType)}`;
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
