import { expect, test } from 'vitest';
import type { DisplayField } from '../fields/fields.ts';
import { shownChanges } from './shown-changes.ts';

const field = (key: string, isCustom = false): DisplayField => ({
  key,
  label: key,
  type: 'text',
  section: isCustom ? 'custom' : 'main',
  isCustom,
});

test('changes are shown by their fields, and a field that is gone is left out', () => {
  const fields = [field('phoneOffice'), field('custom.tier', true)];
  const shown = shownChanges(
    [
      { field: 'custom.tier', from: 'A', to: 'B' },
      { field: 'custom.removed', from: 'x', to: 'y' },
      { field: 'phoneOffice', from: null, to: '1' },
    ],
    fields,
  );
  expect(shown.map(({ field: { key }, from, to }) => [key, from, to])).toEqual([
    ['custom.tier', 'A', 'B'],
    ['phoneOffice', null, '1'],
  ]);
});
