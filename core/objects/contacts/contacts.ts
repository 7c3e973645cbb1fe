import { sql } from '#db/sql.ts';
import { coreObject } from '../../records/record-object.ts';
import { releaseOpportunitiesOf } from '../opportunities/release-opportunities.ts';
import { refuseNameless, refuseToUnname } from './contact-name.ts';

export const contacts = coreObject({
  name: 'contacts',
  folded: { name: 'name_key' },
  search: {
    subtitle: ['accountName', 'email'],
    details: ['email'],
    matched: ['email', 'phoneMobile', 'phoneWork'],
    isExactly: (text) => sql`r.email IS NOT NULL AND lower(r.email) = lower(${text}::text)`,
  },
  rules: {
    checkNew: refuseNameless,
    beforeUpdate: refuseToUnname,
    beforePurge: releaseOpportunitiesOf('contact'),
  },
});
