import { describe, expect, it } from 'vitest';
import type { FilterCondition, FilterGroup } from '#shared/contract/list.ts';
import { userIdSchema } from '#shared/ids.ts';
import { statement } from '../data/statement.ts';
import { opportunities } from '../objects/opportunities/opportunities.ts';
import { filterCondition } from './filter.ts';
import { resolveListField } from './list-field.ts';

const custom = [{ key: 'size', type: 'select', options: ['S', 'M'] }] as const;
const context = {
  field: (name: string) => resolveListField(opportunities, custom, name),
  me: userIdSchema.parse('01980000-0000-7000-8000-000000000001'),
};

function compile(...conditions: FilterGroup['conditions']) {
  return statement(filterCondition(context, { join: 'and', conditions }));
}

describe('a filter', () => {
  it('keeps what a person typed out of the SQL text', () => {
    const typed = `x' OR 1=1; --`;
    const { text, params } = compile({ field: 'nextStep', operator: 'contains', values: [typed] });
    expect(text.toLowerCase()).not.toContain(typed.toLowerCase());
    expect(params).toContain(`%${typed.toLowerCase()}%`);
  });

  it.each<[string, FilterCondition, string]>([
    ['an unknown field', { field: 'secret', operator: 'is', values: ['1'] }, 'secret'],
    ['a column that is no field', { field: 'created_at', operator: 'is_empty', values: [] }, 'created_at'],
    ['an undefined custom field', { field: "custom.a'b", operator: 'is', values: ['1'] }, "custom.a'b"],
    ['an operator of another type', { field: 'amount', operator: 'contains', values: ['1'] }, 'amount'],
    ['"is me" on no person', { field: 'accountId', operator: 'is_me', values: [] }, 'accountId'],
    ['text for a number', { field: 'amount', operator: 'is', values: ['ten'] }, 'amount'],
    [
      'a day that does not exist',
      { field: 'closeDate', operator: 'is', values: ['2025-02-30'] },
      'closeDate',
    ],
    ['an option that does not exist', { field: 'stage', operator: 'is', values: ['won'] }, 'stage'],
    [
      'a custom option that does not exist',
      { field: 'custom.size', operator: 'is', values: ['XL'] },
      'custom.size',
    ],
    ['an id that is none', { field: 'ownerId', operator: 'is', values: ['me'] }, 'ownerId'],
    ['one operand for two', { field: 'amount', operator: 'between', values: ['1'] }, 'amount'],
    ['an operand for none', { field: 'amount', operator: 'is_empty', values: ['1'] }, 'amount'],
    ['a NUL', { field: 'name', operator: 'is', values: ['a\u0000'] }, 'name'],
  ])('with %s is refused, naming the field', (_, condition, field) => {
    expect(() => compile(condition)).toThrow(
      expect.objectContaining({ code: 'invalid', details: expect.objectContaining({ field }) }),
    );
  });

  it('is refused when it nests too deep or has too many conditions', () => {
    const leaf: FilterCondition = { field: 'name', operator: 'is_empty', values: [] };
    const nested = (depth: number): FilterGroup => ({
      join: 'or',
      conditions: depth === 1 ? [leaf] : [nested(depth - 1)],
    });
    expect(() => compile(nested(4))).not.toThrow();
    expect(() => compile(nested(5))).toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(() => compile(...Array.from({ length: 201 }, () => leaf))).toThrow(
      expect.objectContaining({ code: 'invalid' }),
    );
  });
});
