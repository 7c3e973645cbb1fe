import { productFields } from '#shared/objects/products.ts';
import type { RecordObject } from '../../records/record-object.ts';

export const productObject: RecordObject<'products'> = {
  name: 'products',
  singular: 'product',
  plural: 'products',
  fields: productFields,
  foldedColumns: { name: 'name_key' },
  searchedFields: ['name', 'sku', 'series'],
  hasOwner: false,
  rules: {},
};
