import { Users } from 'lucide-react';
import { screenObject } from './define.ts';

export const contacts = screenObject({
  name: 'contacts',
  icon: Users,
  shortcut: 'g c',
  isSquare: false,
  titleWidth: 184,
  widths: { jobTitle: 160, lifecycleStage: 112, addressCity: 112, addressCountry: 128 },
  firstFields: ['firstName', 'lastName', 'jobTitle', 'accountId', 'email', 'phoneMobile'],
  startValues: { lifecycleStage: 'lead' },
  facts: ['jobTitle', 'accountId', 'email', 'phoneMobile', 'lifecycleStage', 'ownerId'],
  trashColumns: ['name', 'accountId', 'email', 'ownerId'],
  shownOn: {
    accountId: {
      name: 'contacts',
      place: 1,
      columns: ['name', 'jobTitle', 'email', 'phoneMobile'],
      sort: [{ field: 'name', direction: 'asc' }],
      isSuggested: true,
    },
  },
  suggestedLinks: ['accountId'],
});
