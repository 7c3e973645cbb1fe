import { z } from 'zod';
import { recordIdSchema } from '../ids.ts';

/**
 * A condition on one field. `field` is a key of the object's fields or `custom.<key>`; operands are given in the
 * field's own form (dates `YYYY-MM-DD`, decimals as text, references as ids).
 */
export const filterOperators = [
  'is',
  'is_not',
  'contains',
  'not_contains',
  'starts_with',
  'is_empty',
  'is_not_empty',
  'less_than',
  'at_most',
  'greater_than',
  'at_least',
  'between',
  'any_of',
  'none_of',
  'is_me',
] as const;
export const filterOperatorSchema = z.enum(filterOperators);
export type FilterOperator = z.infer<typeof filterOperatorSchema>;

const operandSchema = z.union([z.string().max(1_000), z.number(), z.boolean()]);

export const filterConditionSchema = z.object({
  field: z.string().min(1).max(100),
  operator: filterOperatorSchema,
  /** None for `is_empty`, `is_not_empty`, `is_me`; two for `between`; up to 500 for `any_of` and `none_of`; else one. */
  values: z.array(operandSchema).max(500),
});
export type FilterCondition = z.infer<typeof filterConditionSchema>;

/** Conditions and groups joined by one word; groups nest up to 5 deep, checked where the query is built. */
export interface FilterGroup {
  join: 'and' | 'or';
  conditions: (FilterCondition | FilterGroup)[];
}
export const filterGroupSchema: z.ZodType<FilterGroup, FilterGroup> = z.lazy(() =>
  z.object({
    join: z.enum(['and', 'or']),
    conditions: z.array(z.union([filterConditionSchema, filterGroupSchema])).max(50),
  }),
);

export const sortSchema = z.object({ field: z.string().min(1).max(100), direction: z.enum(['asc', 'desc']) });
export type Sort = z.infer<typeof sortSchema>;

/** Which records a list shows. */
export const listScopeSchema = z.object({
  filter: filterGroupSchema.optional(),
  /** Words that the record's names, emails or phone digits contain; accents and case do not matter. */
  search: z.string().max(200).optional(),
  /** The trash instead of the live records. */
  trashed: z.boolean().optional(),
});
export type ListScope = z.infer<typeof listScopeSchema>;

/**
 * One page. Empty values come last in either direction; ties are in the order of the ids, among records sorted by a
 * reference alone first in that of their names. Scrolling on passes the previous page's `nextCursor` (an index position, equally fast everywhere);
 * jumping passes `offset`.
 */
export const listInputSchema = listScopeSchema.extend({
  sort: z.array(sortSchema).max(3).optional(),
  cursor: z.string().max(20_000).optional(),
  offset: z.int().min(0).max(10_000_000).optional(),
  limit: z.int().min(1).max(200).default(100),
});
export type ListInput = z.input<typeof listInputSchema>;

export const countSchema = z.object({
  count: z.int().min(0),
  /** True where counting exactly would have taken too long; then `count` is the planner's estimate. */
  isEstimate: z.boolean(),
});

/** Records for a bulk action: named, or all that a list shows but some. */
export const selectionSchema = z.union([
  z.object({ ids: z.array(recordIdSchema).min(1).max(10_000) }),
  z.object({ all: listScopeSchema, except: z.array(recordIdSchema).max(10_000).default([]) }),
]);
export type Selection = z.input<typeof selectionSchema>;
