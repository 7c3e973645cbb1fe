import { describe, expect, test } from 'vitest';
import type { DisplayField } from '../fields/fields.ts';
import { shownChanges } from './shown-changes.ts';

const field = (key: string, isCustom = false): DisplayField => ({
  key,
  label: key,
  type: 'text',
  section: isCustom ? 'custom' : 'main',
  isCustom,
});
const fields = [field('phoneOffice'), field('custom.tier', true), field('custom.region', true)];

describe('the changes that an entry shows', () => {
  test('a field is known by its column and by its key', () => {
    expect(
      shownChanges([{ field: 'phone_office', from: '1', to: '2' }], fields, 'accounts').map(
        (change) => change.field.key,
      ),
    ).toEqual(['phoneOffice']);
    expect(shownChanges([{ field: 'phoneOffice', from: '1', to: '2' }], fields, 'accounts')).toHaveLength(1);
  });
  test('what a person does not know is left out', () => {
    expect(shownChanges([{ field: 'domain_normalised', from: 'a', to: 'b' }], fields, 'accounts')).toEqual(
      [],
    );
  });
  test('custom fields are shown one by one, and only those that differ', () => {
    const shown = shownChanges(
      [{ field: 'custom_fields', from: { tier: 'A', region: 'x' }, to: { tier: 'B', region: 'x' } }],
      fields,
      'accounts',
    );
    expect(shown.map(({ field: { key }, from, to }) => [key, from, to])).toEqual([['custom.tier', 'A', 'B']]);
  });
});
