import { z } from 'zod';
import type { FilterCondition, FilterOperator } from '#shared/contract/list.ts';
import { SatchelError } from '#shared/errors.ts';
import { type Message, say } from '#shared/message.ts';
import { dateSchema, decimalSchema, timestampSchema } from '#shared/values.ts';
import type { FieldKind, ListField } from './list-field.ts';

const text: readonly FilterOperator[] = ['contains', 'not_contains', 'starts_with'];
const ordered: readonly FilterOperator[] = ['less_than', 'at_most', 'greater_than', 'at_least', 'between'];
const equality: readonly FilterOperator[] = ['is', 'is_not', 'is_empty', 'is_not_empty'];
const choice: readonly FilterOperator[] = ['any_of', 'none_of'];

/** Which operators a field admits. `is_me` is for references to people only. */
const operatorsByKind: Readonly<Record<FieldKind, readonly FilterOperator[]>> = {
  text: [...equality, ...choice, ...text],
  number: [...equality, ...choice, ...ordered],
  date: [...equality, ...choice, ...ordered],
  datetime: [...equality, ...choice, ...ordered],
  boolean: equality,
  select: [...equality, ...choice],
  multi_select: [...equality, ...choice, 'contains', 'not_contains'],
  reference: [...equality, ...choice, ...text, 'is_me'],
};

/** How many operands an operator takes: from, to. */
function operandCount(operator: FilterOperator): readonly [number, number] {
  switch (operator) {
    case 'is_empty':
    case 'is_not_empty':
    case 'is_me':
      return [0, 0];
    case 'between':
      return [2, 2];
    case 'any_of':
    case 'none_of':
      return [1, 500];
    case 'is':
    case 'is_not':
    case 'contains':
    case 'not_contains':
    case 'starts_with':
    case 'less_than':
    case 'at_most':
    case 'greater_than':
    case 'at_least':
      return [1, 1];
    default:
      return operator satisfies never;
  }
}

const numberOperand = z.union([
  z.number().transform(String).pipe(decimalSchema),
  z.string().trim().pipe(decimalSchema),
]);

const operandSchemas: Readonly<Record<FieldKind, { schema: z.ZodType<string | boolean>; form: Message }>> = {
  text: { schema: z.union([z.string(), z.number().transform(String)]), form: say`text` },
  number: { schema: numberOperand, form: say`a number such as 1500.50` },
  date: { schema: dateSchema, form: say`a date such as 2026-03-01` },
  datetime: {
    schema: z.union([dateSchema, timestampSchema]),
    form: say`a date such as 2026-03-01, or a date and time with its zone`,
  },
  boolean: { schema: z.boolean(), form: say`true or false` },
  select: { schema: z.string(), form: say`one of its options` },
  multi_select: { schema: z.string(), form: say`one of its options` },
  reference: { schema: z.guid(), form: say`the id of a record` },
};

/**
 * The operands of a condition in their checked form: text, decimal text, `YYYY-MM-DD`, a timestamp, a boolean or an id.
 * @throws SatchelError `invalid`, saying which field, and what it expects
 */
export function parseOperands(field: ListField, condition: FilterCondition): (string | boolean)[] {
  const { operator, values } = condition;
  const isAllowed =
    operatorsByKind[field.kind].includes(operator) &&
    (operator !== 'is_me' || field.target === 'users') &&
    (!comparesNames(field, operator) || field.target !== undefined);
  if (!isAllowed) {
    throw invalidCondition(
      field,
      operator,
      say`"${operator}" does not apply to the field "${field.name}". Choose another condition.`,
    );
  }
  const [least, most] = operandCount(operator);
  if (values.length < least || values.length > most) {
    const expected = least === most ? String(least) : say`${least} to ${most}`;
    throw invalidCondition(
      field,
      operator,
      say`The condition on "${field.name}" takes ${expected} values, not ${values.length}.`,
    );
  }
  return values.map((value) => parseOperand(field, operator, value));
}

function parseOperand(field: ListField, operator: FilterOperator, value: unknown): string | boolean {
  const { schema, form } = operandSchemas[comparesNames(field, operator) ? 'text' : field.kind];
  const parsed = schema.safeParse(value);
  const isOption = !field.options || (parsed.success && field.options.includes(String(parsed.data)));
  const isStorable = typeof parsed.data !== 'string' || !parsed.data.includes('\u0000');
  if (!parsed.success || !isOption || !isStorable) {
    throw invalidCondition(field, operator, say`The condition on "${field.name}" expects ${form}.`);
  }
  return parsed.data;
}

/** A reference is asked by a part of a name, instead of by an id. */
function comparesNames(field: ListField, operator: FilterOperator): boolean {
  return field.kind === 'reference' && text.includes(operator);
}

function invalidCondition(field: ListField, operator: string, message: Message): SatchelError {
  return new SatchelError('invalid', message, { details: { field: field.name, operator } });
}
