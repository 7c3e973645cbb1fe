import { type SQL, sql } from '#db/sql.ts';
import type { FilterOperator } from '#shared/contract/list.ts';
import { allOf, anyOf } from '../data/statement.ts';
import { compare, unless } from './comparison.ts';
import type { ListField } from './list-field.ts';
import { foldedContains, foldedStartsWith, foldedText } from './text-match.ts';

/**
 * A condition on a custom field. Equality is asked by containment, which the GIN index on `custom_fields` serves
 * (`->>` with `=` is not served by it); ranges compare the JSON value, which an index made for the field serves.
 */
export function customCondition(
  field: ListField,
  key: string,
  operator: FilterOperator,
  operands: readonly (string | boolean)[],
): SQL {
  const [first = ''] = operands;
  const text = foldedText(textOf(key));
  const equalsAny = anyOf(operands.map((operand) => contained(field, key, operand)));
  switch (operator) {
    case 'is':
    case 'any_of':
      return equalsAny;
    case 'is_not':
    case 'none_of':
      return unless(equalsAny);
    case 'contains':
      return field.kind === 'multi_select' ? equalsAny : foldedContains(text, String(first));
    case 'not_contains':
      return unless(field.kind === 'multi_select' ? equalsAny : foldedContains(text, String(first)));
    case 'starts_with':
      return foldedStartsWith(text, String(first));
    case 'is_empty':
      return unless(hasContent(field));
    case 'is_not_empty':
      return hasContent(field);
    case 'less_than':
    case 'at_most':
    case 'greater_than':
    case 'at_least':
    case 'between':
      return allOf([
        field.isFilled,
        compare(
          field.value,
          operator,
          operands.map((operand) => document(field, operand)),
        ),
      ]);
    case 'is_me':
      return sql`false`;
    default:
      return operator satisfies never;
  }
}

function contained(field: ListField, key: string, operand: string | boolean): SQL {
  const value = document(field, operand);
  const holder = field.kind === 'multi_select' ? sql`jsonb_build_array(${value})` : value;
  // The index leaves out records without custom fields; the planner uses it where the condition says so too.
  return sql`(r.custom_fields <> '{}' AND r.custom_fields @> jsonb_build_object(${key}::text, ${holder}))`;
}

/** The operand as JSON. Decimal text becomes a number inside the database, so that no digit is lost to a float. */
function document(field: ListField, operand: string | boolean): SQL {
  if (field.kind === 'number') return sql`to_jsonb(${operand}::numeric)`;
  return field.kind === 'boolean' ? sql`to_jsonb(${operand}::boolean)` : sql`to_jsonb(${operand}::text)`;
}

function textOf(key: string): SQL {
  return sql`(r.custom_fields ->> ${key})`;
}

/** An empty text and an empty selection count as empty. */
function hasContent(field: ListField): SQL {
  return sql`(${field.isFilled} AND ${field.value} NOT IN ('""', '[]'))`;
}
