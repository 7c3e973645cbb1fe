import { contactFields } from '#shared/objects/contacts.ts';
import type { RecordObject } from '../../records/record-object.ts';
import { releaseOpportunitiesOf } from '../opportunities/release-opportunities.ts';
import { refuseNameless, refuseToUnname } from './contact-name.ts';

export const contactObject: RecordObject<'contacts'> = {
  name: 'contacts',
  singular: 'contact',
  plural: 'contacts',
  fields: contactFields,
  foldedColumns: { name: 'name_key' },
  searchedFields: ['name', 'firstName', 'lastName', 'email'],
  hasOwner: true,
  rules: {
    checkNew: refuseNameless,
    beforeUpdate: refuseToUnname,
    beforePurge: releaseOpportunitiesOf('contact'),
  },
};
