import { describe, expect, test } from 'vitest';
import type { DisplayField } from '../../fields/fields.ts';
import { completeFilter, conditionCount, newCondition, operandsOf, operatorsOf } from './filter-model.ts';

const field = (part: Partial<DisplayField>): DisplayField => ({
  key: 'x',
  label: 'X',
  type: 'text',
  section: 'main',
  isCustom: false,
  ...part,
});

describe('filters', () => {
  test('leave out what has no value yet', () => {
    const filter = completeFilter({
      join: 'and',
      conditions: [
        { field: 'name', operator: 'contains', values: ['a'] },
        { field: 'city', operator: 'contains', values: [] },
        { field: 'city', operator: 'is', values: [''] },
        { join: 'or', conditions: [{ field: 'amount', operator: 'between', values: ['1'] }] },
        { join: 'or', conditions: [{ field: 'ownerId', operator: 'is_me', values: [] }] },
      ],
    });
    expect(filter).toEqual({
      join: 'and',
      conditions: [
        { field: 'name', operator: 'contains', values: ['a'] },
        { join: 'or', conditions: [{ field: 'ownerId', operator: 'is_me', values: [] }] },
      ],
    });
    expect(conditionCount(filter ?? undefined)).toBe(2);
    expect(completeFilter({ join: 'and', conditions: [] })).toBeNull();
  });

  test('every type has operators and starts with a usable one', () => {
    for (const type of [
      'text',
      'integer',
      'money',
      'date',
      'datetime',
      'boolean',
      'select',
      'reference',
      'tags',
    ] as const) {
      const condition = newCondition(field({ type }));
      expect(operatorsOf(field({ type }))).toContain(condition.operator);
    }
    expect(operandsOf('between')).toBe('two');
    expect(newCondition(field({ type: 'boolean' })).values).toEqual([true]);
  });
});
