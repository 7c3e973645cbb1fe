import { sql } from '#db/sql.ts';
import { coreObject } from '../../records/record-object.ts';

export const leads = coreObject({
  name: 'leads',
  folded: { name: 'name_key' },
  search: {
    subtitle: ['companyName', 'email'],
    details: ['email'],
    matched: ['email', 'phone'],
    isExactly: (text) => sql`r.email IS NOT NULL AND lower(r.email) = lower(${text}::text)`,
  },
  rules: {},
});
