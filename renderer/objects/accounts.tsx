import { Building2 } from 'lucide-react';
import { screenObject } from './define.ts';

export const accounts = screenObject({
  name: 'accounts',
  icon: Building2,
  shortcut: 'g a',
  isSquare: true,
  titleWidth: 232,
  widths: { industry: 136, addressCity: 112, addressCountry: 128 },
  firstFields: ['name', 'industry', 'website', 'phoneOffice', 'addressCity', 'addressCountry'],
  facts: ['industry', 'annualRevenue', 'employeeCount', 'phoneOffice', 'addressCountry', 'ownerId'],
  trashColumns: ['name', 'industry', 'ownerId'],
  shownOn: {
    parentAccountId: {
      name: 'subsidiaries',
      place: 3,
      columns: ['name', 'industry', 'employeeCount', 'annualRevenue', 'addressCountry'],
      sort: [{ field: 'name', direction: 'asc' }],
    },
  },
});
