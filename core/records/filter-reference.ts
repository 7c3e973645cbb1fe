import { type SQL, sql } from '#db/sql.ts';
import type { FilterOperator } from '#shared/contract/list.ts';
import type { ReferenceTarget } from '#shared/objects/objects.ts';
import { referenceKey } from '../data/reference.ts';
import { comparison, unless } from './comparison.ts';
import type { ListField } from './list-field.ts';
import { foldedContains, foldedStartsWith } from './text-match.ts';

/** A reference compares by the id it holds, or, by "contains" and "starts with", by the name of what it points at. */
export function referenceCondition(
  field: ListField,
  target: ReferenceTarget,
  operator: FilterOperator,
  operands: readonly string[],
): SQL {
  const [text = ''] = operands;
  switch (operator) {
    case 'contains':
      return pointsAt(field, target, foldedContains(referenceKey('t'), text));
    case 'not_contains':
      return unless(pointsAt(field, target, foldedContains(referenceKey('t'), text)));
    case 'starts_with':
      return pointsAt(field, target, foldedStartsWith(referenceKey('t'), text));
    case 'is':
    case 'is_not':
    case 'any_of':
    case 'none_of':
    case 'is_empty':
    case 'is_not_empty':
    case 'is_me':
    case 'less_than':
    case 'at_most':
    case 'greater_than':
    case 'at_least':
    case 'between':
      return comparison(field.value, 'uuid', operator, operands);
    default:
      return operator satisfies never;
  }
}

function pointsAt(field: ListField, target: ReferenceTarget, matches: SQL): SQL {
  return sql`${field.value} IN (
    SELECT t.id FROM ${sql.identifier(target)} t
    WHERE t.workspace_id = (SELECT satchel.workspace_id()) AND ${matches}
  )`;
}
