import { expect, test } from 'vitest';
import { customFieldDefinitionSchema } from '#shared/contract/custom-fields.ts';
import { array, assert, property, string } from '#tests/support/property.ts';
import { fieldKeyOf } from './field-key.ts';

test('a key is the label in plain letters', () => {
  expect(fieldKeyOf('Renewal date', [])).toBe('renewal_date');
  expect(fieldKeyOf('Größe (cm)', [])).toBe('grosse_cm');
  expect(fieldKeyOf('  1st contact? ', [])).toBe('st_contact');
  expect(fieldKeyOf('等級', [])).toBe('field');
  expect(fieldKeyOf('Constructor', [])).toBe('constructor_2');
  expect(fieldKeyOf('__proto__', [])).toBe('proto');
});

test('and unlike any other, whatever the label is', () => {
  expect(fieldKeyOf('Tier', ['tier', 'tier_2'])).toBe('tier_3');
  assert(
    property(string({ unit: 'grapheme' }), array(string()), (label, taken) => {
      const key = fieldKeyOf(label, taken);
      expect(customFieldDefinitionSchema.shape.key.safeParse(key).success).toBe(true);
      expect(taken).not.toContain(key);
      expect(fieldKeyOf(label, [key])).not.toBe(key);
    }),
  );
});
