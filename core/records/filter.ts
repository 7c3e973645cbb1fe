import { type SQL, sql } from '#db/sql.ts';
import type { FilterCondition, FilterGroup } from '#shared/contract/list.ts';
import { SatchelError } from '#shared/errors.ts';
import type { UserId } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import { fold } from '#shared/text/fold.ts';
import { allOf, anyOf, columnOf } from '../data/statement.ts';
import { comparison, unless } from './comparison.ts';
import { customCondition } from './filter-custom.ts';
import { referenceCondition } from './filter-reference.ts';
import type { ListField } from './list-field.ts';
import { parseOperands } from './operands.ts';
import { foldedContains, foldedStartsWith, foldedText } from './text-match.ts';

const deepest = 5;
const mostConditions = 200;

/** What a filter is read against. */
export interface FilterContext {
  readonly field: (name: string) => ListField;
  /** Who asks, for `is_me`. */
  readonly me: UserId;
}

/**
 * A filter as one SQL condition on the row `r`. What the operators mean:
 * texts are compared folded, and by case alone where "is" asks a field whose index is on that; "is not", "is none of" and "does not contain" also
 * hold for an empty field; an empty text counts as empty; a day given for a moment means that day in the workspace's
 * time zone; a custom field's text "is" exactly what is given (that is what its index answers). A group without
 * conditions restricts nothing.
 * @throws SatchelError `invalid` where a field, an operator or an operand is wrong, or the nesting too deep
 */
export function filterCondition(context: FilterContext, filter: FilterGroup): SQL {
  checkSize(filter);
  return group(context, filter);
}

function group(context: FilterContext, { join, conditions }: FilterGroup): SQL {
  const parts = conditions
    .filter((part) => !isGroup(part) || countConditions(part) > 0)
    .map((part) => (isGroup(part) ? group(context, part) : condition(context, part)));
  if (parts.length === 0) return sql`true`;
  return join === 'and' ? allOf(parts) : anyOf(parts);
}

function condition(context: FilterContext, given: FilterCondition): SQL {
  const field = context.field(given.field);
  const operands = parseOperands(field, given);
  if (given.operator === 'is_me') return sql`${field.value} = ${context.me}::uuid`;
  if (field.customKey !== undefined) return customCondition(field, field.customKey, given.operator, operands);
  return columnCondition(field, given.operator, operands);
}

function columnCondition(
  field: ListField,
  operator: FilterCondition['operator'],
  operands: readonly (string | boolean)[],
): SQL {
  switch (field.kind) {
    case 'text':
      return textCondition(field, operator, operands.map(String));
    case 'reference':
      return field.target
        ? referenceCondition(field, field.target, operator, operands.map(String))
        : comparison(field.value, field.sqlType, operator, operands);
    case 'datetime':
      return momentCondition(field, operator, operands.map(String));
    case 'number':
    case 'date':
    case 'boolean':
    case 'select':
    case 'multi_select':
      return comparison(field.value, field.sqlType, operator, operands);
    default:
      return field.kind satisfies never;
  }
}

function textCondition(
  field: ListField,
  operator: FilterCondition['operator'],
  texts: readonly string[],
): SQL {
  const [text = ''] = texts;
  const folded = field.folded ?? foldedText(field.value);
  // Without a stored form, indexes are on the small letters of a field.
  const equals = (one: string) =>
    field.folded || !(field.isIndexed || field.isSearched)
      ? sql`${folded} = ${fold(one)}`
      : sql`lower(${field.value}) = lower(${one}::text)`;
  const contains = () => {
    const match = foldedContains(folded, text);
    // Three characters are what a trigram index needs to be of use.
    return field.isSearched && fold(text).length >= 3
      ? allOf([foldedContains(columnOf('r', 'search_text'), text), match])
      : match;
  };
  switch (operator) {
    case 'is':
      return equals(text);
    case 'is_not':
      return unless(equals(text));
    case 'any_of':
      return anyOf(texts.map(equals));
    case 'none_of':
      return unless(anyOf(texts.map(equals)));
    case 'contains':
      return contains();
    case 'not_contains':
      return unless(contains());
    case 'starts_with':
      return foldedStartsWith(folded, text);
    case 'is_empty':
      return sql`(${field.value} IS NULL OR ${field.value} = '')`;
    case 'is_not_empty':
      return sql`${field.value} <> ''`;
    case 'less_than':
    case 'at_most':
    case 'greater_than':
    case 'at_least':
    case 'between':
    case 'is_me':
      throw unexpected(field, operator);
    default:
      return operator satisfies never;
  }
}

/** A day stands for all its moments: from its beginning to the beginning of the next. */
function momentCondition(
  field: ListField,
  operator: FilterCondition['operator'],
  operands: readonly string[],
): SQL {
  const { value } = field;
  const within = (operand: string) =>
    isDay(operand)
      ? sql`(${value} >= ${startOfDay(operand, 0)} AND ${value} < ${startOfDay(operand, 1)})`
      : sql`${value} = ${operand}::timestamptz`;
  const begin = (operand: string) => startOf(operand);
  const past = (operand: string) =>
    isDay(operand) ? sql`${value} < ${startOfDay(operand, 1)}` : sql`${value} <= ${operand}::timestamptz`;
  const [first = '', second = ''] = operands;
  switch (operator) {
    case 'is':
      return within(first);
    case 'is_not':
      return unless(within(first));
    case 'any_of':
      return anyOf(operands.map(within));
    case 'none_of':
      return unless(anyOf(operands.map(within)));
    case 'less_than':
      return sql`${value} < ${begin(first)}`;
    case 'at_least':
      return sql`${value} >= ${begin(first)}`;
    case 'at_most':
      return past(first);
    case 'greater_than':
      return isDay(first) ? sql`${value} >= ${startOfDay(first, 1)}` : sql`${value} > ${first}::timestamptz`;
    case 'between':
      return sql`(${value} >= ${begin(first)} AND ${past(second)})`;
    case 'is_empty':
      return sql`${value} IS NULL`;
    case 'is_not_empty':
      return sql`${value} IS NOT NULL`;
    case 'contains':
    case 'not_contains':
    case 'starts_with':
    case 'is_me':
      throw unexpected(field, operator);
    default:
      return operator satisfies never;
  }
}

function isDay(operand: string): boolean {
  return operand.length === 'YYYY-MM-DD'.length;
}

function startOf(operand: string): SQL {
  return isDay(operand) ? startOfDay(operand, 0) : sql`${operand}::timestamptz`;
}

function startOfDay(day: string, daysLater: 0 | 1): SQL {
  return sql`(SELECT satchel.start_of_day(${day}::date + ${daysLater}::integer, w.timezone)
    FROM workspaces w WHERE w.id = (SELECT satchel.workspace_id()))`;
}

function isGroup(part: FilterCondition | FilterGroup): part is FilterGroup {
  return 'join' in part;
}

function countConditions(filter: FilterGroup): number {
  return filter.conditions.reduce((sum, part) => sum + (isGroup(part) ? countConditions(part) : 1), 0);
}

function depth(filter: FilterGroup): number {
  return 1 + Math.max(0, ...filter.conditions.map((part) => (isGroup(part) ? depth(part) : 0)));
}

function checkSize(filter: FilterGroup): void {
  if (depth(filter) > deepest) {
    throw new SatchelError(
      'invalid',
      say`Groups of conditions may nest ${deepest} deep. Simplify the filter.`,
    );
  }
  if (countConditions(filter) > mostConditions) {
    throw new SatchelError('invalid', say`A filter may have ${mostConditions} conditions. Remove some.`);
  }
}

function unexpected(field: ListField, operator: string): SatchelError {
  return new SatchelError('internal', say`The field "${field.name}" was compared by "${operator}".`);
}
