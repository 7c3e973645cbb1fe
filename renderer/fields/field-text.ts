import type { AnyField } from '#shared/objects/field.ts';
import { type ObjectName, objects } from '#shared/objects/objects.ts';
import { numberSigns } from '../format/format.ts';
import type { DisplayField } from './fields.ts';

/** A typed number as decimal text, in the reader's signs or with a point; null where it is not a number. */
export function decimalFromText(text: string, signs = numberSigns()): string | null {
  const plain = text.replaceAll(/[\s\u00a0\u202f’']/gu, '').replaceAll(signs.group, '');
  const withPoint = signs.decimal === '.' ? plain : plain.replace(signs.decimal, '.');
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(withPoint);
  if (!match) return null;
  const [, sign = '', whole = '', decimals = ''] = match;
  if (whole === '' && decimals === '') return null;
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const rest = decimals.replace(/0+$/, '');
  return `${sign === '-' && (digits !== '0' || rest !== '') ? '-' : ''}${digits}${rest === '' ? '' : `.${rest}`}`;
}

/** Divides decimal text by 100 without going through a float. */
export function percentToRatio(percent: string): string {
  const isNegative = percent.startsWith('-');
  const [whole = '0', decimals = ''] = percent.replace('-', '').split('.');
  const digits = whole.padStart(3, '0') + decimals;
  const point = digits.length - decimals.length - 2;
  const ratio = decimalFromText(`${digits.slice(0, point)}.${digits.slice(point)}`, {
    decimal: '.',
    group: ',',
  });
  return `${isNegative ? '-' : ''}${ratio ?? '0'}`;
}

/** Multiplies decimal text by 100 without going through a float. */
export function ratioToPercent(ratio: string): string {
  const [whole = '0', decimals = ''] = ratio.split('.');
  const padded = decimals.padEnd(2, '0');
  return (
    decimalFromText(`${whole}${padded.slice(0, 2)}.${padded.slice(2)}`, { decimal: '.', group: ',' }) ?? '0'
  );
}

/** What stands in the text box for a value. */
export function textOfValue(field: DisplayField, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(String).join(', ');
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (field.type === 'percent') return ratioToPercent(text).replace('.', numberSigns().decimal);
  if (field.type === 'money' || field.type === 'number') return text.replace('.', numberSigns().decimal);
  return text;
}

/** A value, or the text key of why the text is none. */
export type ReadValue = { ok: true; value: unknown } | { ok: false; reason: string };

/** The value that a typed text means for a field. Empty text means no value. */
export function valueOfText(field: DisplayField, text: string): ReadValue {
  const trimmed = field.type === 'long_text' ? text : text.trim();
  if (trimmed === '') return { ok: true, value: null };
  switch (field.type) {
    case 'integer': {
      const decimal = decimalFromText(trimmed);
      return decimal !== null && /^-?\d+$/.test(decimal)
        ? { ok: true, value: Number(decimal) }
        : { ok: false, reason: 'integer' };
    }
    case 'number': {
      const decimal = decimalFromText(trimmed);
      return decimal === null ? { ok: false, reason: 'number' } : { ok: true, value: Number(decimal) };
    }
    case 'money': {
      const decimal = decimalFromText(trimmed);
      return decimal === null ? { ok: false, reason: 'number' } : { ok: true, value: decimal };
    }
    case 'percent': {
      const decimal = decimalFromText(trimmed.replace(/%$/, ''));
      return decimal === null
        ? { ok: false, reason: 'percent' }
        : { ok: true, value: percentToRatio(decimal) };
    }
    case 'tags':
      return {
        ok: true,
        value: trimmed
          .split(',')
          .map((tag) => tag.trim())
          .filter(Boolean),
      };
    default:
      return { ok: true, value: field.key === 'currency' ? trimmed.toUpperCase() : trimmed };
  }
}

/**
 * Whether the object's own schema takes a value. Custom fields are validated by the application.
 * @returns the text key below `fields.invalid` of what is wrong, or null
 */
export function invalidReason(object: ObjectName, field: DisplayField, value: unknown): string | null {
  if (field.isCustom) return field.isRequired && value === null ? 'required' : null;
  const fields: Readonly<Record<string, AnyField>> = objects[object].fields;
  const result = fields[field.key]?.given.safeParse(value);
  if (!result || result.success) return null;
  const issue = result.error.issues[0];
  if (value === null || value === '') return 'required';
  if (field.key === 'currency') return 'currency';
  if (field.type === 'money') return 'decimal';
  if (field.type === 'percent') return 'percent';
  if (field.type === 'date') return 'date';
  if (field.type === 'email' && issue?.code === 'invalid_format') return 'email';
  switch (issue?.code) {
    case 'too_small':
      return 'tooSmall';
    case 'too_big':
      return typeof value === 'string' ? 'tooLong' : 'tooLarge';
    case 'custom':
      return 'controlCharacters';
    default:
      return 'other';
  }
}
