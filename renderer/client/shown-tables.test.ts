import { describe, expect, test } from 'vitest';
import { queryKeys } from './query-keys.ts';
import { showsChange } from './shown-tables.ts';

const all = 'all' as const;

describe('a change of a table', () => {
  test('refreshes the lists of its object and, of single records, the changed ones', () => {
    const ids = new Set(['1']);
    expect(showsChange(queryKeys.lists('contacts'), 'contacts', ids)).toBe(true);
    expect(showsChange(queryKeys.count('contacts', {}), 'contacts', ids)).toBe(true);
    expect(showsChange(queryKeys.record('contacts', '1'), 'contacts', ids)).toBe(true);
    expect(showsChange(queryKeys.record('contacts', '2'), 'contacts', ids)).toBe(false);
    expect(showsChange(queryKeys.record('contacts', '2'), 'contacts', all)).toBe(true);
  });

  test('refreshes every single record of an object whose records name one another', () => {
    expect(showsChange(queryKeys.record('accounts', '2'), 'accounts', new Set(['1']))).toBe(true);
  });

  test('refreshes what shows the names of its records', () => {
    const ids = new Set(['1']);
    expect(showsChange(queryKeys.record('opportunities', '9'), 'contacts', ids)).toBe(true);
    expect(showsChange(queryKeys.lists('opportunities'), 'products', ids)).toBe(true);
    expect(showsChange([...queryKeys.pipeline(), 'board'], 'accounts', ids)).toBe(true);
    expect(showsChange(queryKeys.timeline('contacts', '9'), 'accounts', ids)).toBe(true);
    expect(showsChange(queryKeys.lists('products'), 'contacts', ids)).toBe(false);
    expect(showsChange(queryKeys.lists('accounts'), 'products', ids)).toBe(false);
  });

  test('of the workspace or its roles refreshes what everybody sees', () => {
    expect(showsChange(queryKeys.status(), 'workspaces', all)).toBe(true);
    expect(showsChange(queryKeys.lists('accounts'), 'workspaces', all)).toBe(true);
    expect(showsChange(queryKeys.status(), 'role_permissions', all)).toBe(true);
    expect(showsChange(queryKeys.storage(), 'workspaces', all)).toBe(false);
  });

  test('that nothing shows refreshes nothing', () => {
    expect(showsChange(queryKeys.lists('accounts'), 'sync_state', all)).toBe(false);
  });
});
