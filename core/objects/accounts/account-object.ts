import { accountFields } from '#shared/objects/accounts.ts';
import type { RecordObject } from '../../records/record-object.ts';
import { releaseOpportunitiesOf } from '../opportunities/release-opportunities.ts';
import { refuseCycles } from './parent-accounts.ts';

export const accountObject: RecordObject<'accounts'> = {
  name: 'accounts',
  singular: 'account',
  plural: 'accounts',
  fields: accountFields,
  foldedColumns: { name: 'name_key' },
  searchedFields: ['name'],
  hasOwner: true,
  rules: {
    checkWritten: refuseCycles,
    beforePurge: releaseOpportunitiesOf('account'),
  },
};
