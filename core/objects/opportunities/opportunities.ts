import { sql } from '#db/sql.ts';
import { coreObject } from '../../records/record-object.ts';
import { refuseNew, refuseToDetach } from './opportunity-party.ts';

export const opportunities = coreObject({
  name: 'opportunities',
  folded: { name: 'name_key' },
  search: {
    subtitle: ['accountName', 'contactName'],
    details: ['stage', 'closeDate'],
    matched: ['externalRef'],
    isExactly: (text) =>
      sql`r.external_ref IS NOT NULL AND r.external_ref IN (${text}::text, upper(${text}::text))`,
  },
  rules: {
    checkNew: refuseNew,
    beforeUpdate: refuseToDetach,
  },
});
