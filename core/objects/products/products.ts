import { sql } from '#db/sql.ts';
import { coreObject } from '../../records/record-object.ts';

export const products = coreObject({
  name: 'products',
  folded: { name: 'name_key' },
  search: {
    subtitle: ['sku', 'series'],
    details: ['series'],
    matched: ['sku', 'series'],
    isExactly: (text) => sql`r.sku IS NOT NULL AND lower(r.sku) = lower(${text}::text)`,
  },
  rules: {},
});
