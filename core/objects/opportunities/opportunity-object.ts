import { opportunityFields } from '#shared/objects/opportunities.ts';
import type { RecordObject } from '../../records/record-object.ts';
import { closingDates } from './closing.ts';
import { refuseNew, refuseToDetach } from './opportunity-party.ts';

export const opportunityObject: RecordObject<'opportunities'> = {
  name: 'opportunities',
  singular: 'opportunity',
  plural: 'opportunities',
  fields: opportunityFields,
  foldedColumns: { name: 'name_key' },
  searchedFields: ['name', 'externalRef'],
  hasOwner: true,
  rules: {
    checkNew: refuseNew,
    beforeUpdate: refuseToDetach,
    followUps: closingDates,
  },
};
