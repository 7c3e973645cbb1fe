import { SatchelError } from '#shared/errors.ts';
import { say, term } from '#shared/message.ts';
import type { RecordObject } from './record-object.ts';
import type { RecordValues } from './record-values.ts';

/** @throws SatchelError `invalid` where a required field is empty, or, in a new record, left out */
export function checkRequired(
  object: Pick<RecordObject, 'singular' | 'fields'>,
  values: RecordValues,
  kind: 'insert' | 'update',
): void {
  for (const field of object.fields) {
    // A required field with options has a default.
    if (!field.isRequired || (field.options && values[field.key] === undefined)) continue;
    const value = values[field.key];
    const isMissing = value === undefined ? kind === 'insert' : value === null || value === '';
    if (isMissing) {
      throw new SatchelError('invalid', say`Give the ${term(object.singular)} a ${field.key}.`, {
        details: { field: field.key },
      });
    }
  }
}
