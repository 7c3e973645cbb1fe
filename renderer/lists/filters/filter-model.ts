import type { FilterCondition, FilterGroup, FilterOperator } from '#shared/contract/list.ts';
import { isObject } from '#shared/objects/objects.ts';
import type { DisplayField } from '../../fields/fields.ts';

const text: readonly FilterOperator[] = [
  'contains',
  'not_contains',
  'is',
  'is_not',
  'starts_with',
  'is_empty',
  'is_not_empty',
];
const number: readonly FilterOperator[] = [
  'is',
  'at_least',
  'at_most',
  'greater_than',
  'less_than',
  'between',
  'is_empty',
  'is_not_empty',
];
const moment: readonly FilterOperator[] = ['at_least', 'less_than', 'between', 'is_empty', 'is_not_empty'];
const choice: readonly FilterOperator[] = ['any_of', 'none_of', 'is_empty', 'is_not_empty'];

/** The conditions that make sense for a field, the usual one first. */
export function operatorsOf(field: DisplayField): readonly FilterOperator[] {
  switch (field.type) {
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
      return number;
    case 'date':
    case 'datetime':
      return ['is', ...moment];
    case 'boolean':
      return ['is'];
    case 'select':
      return field.isRequired ? ['any_of', 'none_of'] : choice;
    case 'reference':
      return isObject(field.target) ? choice : ['is_me', ...choice];
    case 'tags':
      return ['contains', 'is_empty', 'is_not_empty'];
    default:
      return text;
  }
}

/** How many values an operator takes: none, one, two or a list. */
export function operandsOf(operator: FilterOperator): 'none' | 'one' | 'two' | 'list' {
  switch (operator) {
    case 'is_empty':
    case 'is_not_empty':
    case 'is_me':
      return 'none';
    case 'between':
      return 'two';
    case 'any_of':
    case 'none_of':
      return 'list';
    default:
      return 'one';
  }
}

export function isGroup(node: FilterCondition | FilterGroup): node is FilterGroup {
  return 'join' in node;
}

export function newCondition(field: DisplayField): FilterCondition {
  return {
    field: field.key,
    operator: operatorsOf(field)[0] ?? 'is',
    values: field.type === 'boolean' ? [true] : [],
  };
}

export const emptyFilter: FilterGroup = { join: 'and', conditions: [] };

function isComplete({ operator, values }: FilterCondition): boolean {
  const needed = { none: 0, one: 1, list: 1, two: 2 }[operandsOf(operator)];
  return values.length >= needed && values.every((value) => value !== '');
}

/** The filter without conditions that still lack a value; null when nothing is left. */
export function completeFilter(group: FilterGroup): FilterGroup | null {
  const conditions = group.conditions.flatMap((node): (FilterCondition | FilterGroup)[] => {
    if (!isGroup(node)) return isComplete(node) ? [node] : [];
    const inner = completeFilter(node);
    return inner ? [inner] : [];
  });
  return conditions.length > 0 ? { join: group.join, conditions } : null;
}

export function conditionCount(group: FilterGroup | undefined): number {
  if (!group) return 0;
  return group.conditions.reduce((sum, node) => sum + (isGroup(node) ? conditionCount(node) : 1), 0);
}

/** Groups may nest this deep: one less than the application takes, since a column of the board puts one around them. */
export const deepestGroup = 4;
