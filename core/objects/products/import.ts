import { say } from '#shared/message.ts';
import { isGiven } from '../../data/given.ts';
import {
  contradict,
  lower,
  type MatchKey,
  type ObjectDescription,
  writableColumns,
} from '../import-description.ts';

export const products: ObjectDescription = {
  object: 'products',
  table: 'products',
  singular: 'product',
  plural: 'products',
  toTellApart: say`a product number`,
  columns: writableColumns('products'),
  hasOwner: false,
  hasCustomFields: true,
  defaults: { isActive: 'true' },
  complete(values) {
    values['name'] ??= values['sku'] ?? null;
    if (!isGiven(values['name'])) return say`The row names no product.`;
    return values['unitPrice']?.startsWith('-') ? say`The price is below zero.` : null;
  },
  nameOf: (values) => values['name'] ?? '',
  matchKeys(values, nameKey) {
    const keys: MatchKey[] = [];
    const sku = lower(values['sku']);
    if (sku !== null) keys.push({ kind: 'sku', key: sku });
    if (nameKey !== '') keys.push({ kind: 'name', key: nameKey });
    return keys;
  },
  differ: (row, record, kind) => kind === 'name' && contradict(lower(row['sku']), lower(record['sku'])),
};
