import { sql } from '#db/sql.ts';
import { coreObject } from '../../records/record-object.ts';
import { releaseOpportunitiesOf } from '../opportunities/release-opportunities.ts';
import { refuseCycles } from './parent-accounts.ts';

export const accounts = coreObject({
  name: 'accounts',
  folded: { name: 'name_key' },
  search: {
    subtitle: ['domain', 'industry'],
    details: ['addressCity'],
    matched: ['domain', 'website', 'phoneOffice'],
    isExactly: (text) => sql`r.domain IS NOT NULL AND lower(r.domain) = lower(${text}::text)`,
  },
  rules: {
    checkWritten: refuseCycles,
    beforePurge: releaseOpportunitiesOf('account'),
  },
});
