import { type SQL, sql } from '#db/sql.ts';
import type { FilterOperator } from '#shared/contract/list.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { isEnumType } from '../data/columns.ts';
import { enumValue, enumValues } from '../data/enum-value.ts';
import { list } from '../data/statement.ts';

export type RangeOperator = 'less_than' | 'at_most' | 'greater_than' | 'at_least' | 'between';

export function compare(value: SQL, operator: RangeOperator, operands: readonly SQL[]): SQL {
  const [first, second] = operands;
  switch (operator) {
    case 'less_than':
      return sql`${value} < ${first}`;
    case 'at_most':
      return sql`${value} <= ${first}`;
    case 'greater_than':
      return sql`${value} > ${first}`;
    case 'at_least':
      return sql`${value} >= ${first}`;
    case 'between':
      return sql`${value} BETWEEN ${first} AND ${second}`;
    default:
      return operator satisfies never;
  }
}

/** Comparisons that PostgreSQL's own order of the type answers. */
export function comparison(
  value: SQL,
  sqlType: string,
  operator: FilterOperator,
  operands: readonly (string | boolean)[],
): SQL {
  const isEnum = isEnumType(sqlType);
  const typed = operands.map((operand) =>
    isEnum ? enumValue(sqlType, String(operand)) : sql`${operand}::${sql.raw(sqlType)}`,
  );
  const [first] = typed;
  const values = () =>
    isEnum
      ? enumValues(sqlType, operands.map(String))
      : sql`${list(operands)}::text[]::${sql.raw(`${sqlType}[]`)}`;
  const among = () => sql`${value} = ANY(${values()})`;
  switch (operator) {
    case 'is':
      return sql`${value} = ${first}`;
    case 'is_not':
      return sql`${value} IS DISTINCT FROM ${first}`;
    case 'any_of':
      return among();
    case 'none_of':
      return unless(among());
    case 'less_than':
    case 'at_most':
    case 'greater_than':
    case 'at_least':
    case 'between':
      return compare(value, operator, typed);
    case 'is_empty':
      return sql`${value} IS NULL`;
    case 'is_not_empty':
      return sql`${value} IS NOT NULL`;
    case 'contains':
    case 'not_contains':
    case 'starts_with':
    case 'is_me':
      throw new SatchelError('internal', say`A filter compared a value by "${operator}".`);
    default:
      return operator satisfies never;
  }
}

/** True where the condition is false or, the field being empty, undecided. */
export function unless(matches: SQL): SQL {
  return sql`(${matches}) IS NOT TRUE`;
}
