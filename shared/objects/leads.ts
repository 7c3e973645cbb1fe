import { leadRatingSet, leadStatusSet } from '../enums.ts';
import { defineObject } from './define.ts';
import { email, longText, moment, phone, select, text, url } from './field.ts';
import { ownerField, systemFields } from './parts.ts';

/** Somebody who may become a customer and whom nobody has vetted yet. */
export const leads = defineObject({
  name: 'leads',
  singular: 'lead',
  fields: {
    /** First and last name joined, or what else is known: the company, the address, the number. */
    name: text({
      section: 'main',
      column: 'full_name',
      isReadOnly: true,
      isNeverNull: true,
      isSortable: true,
      isDefaultColumn: true,
    }),
    firstName: text({ section: 'main' }),
    lastName: text({ section: 'main' }),
    companyName: text({ section: 'main', isDefaultColumn: true }),
    jobTitle: text({ section: 'main' }),
    email: email({ section: 'reach', isDefaultColumn: true }),
    phone: phone({ section: 'reach', isDefaultColumn: true }),
    website: url({ section: 'reach' }),
    addressCity: text({ section: 'address' }),
    addressCountry: text({ section: 'address' }),
    source: text({ section: 'about', isDefaultColumn: true }),
    status: select(leadStatusSet, { section: 'main', isNeverNull: true, isDefaultColumn: true }),
    rating: select(leadRatingSet, { section: 'main', isDefaultColumn: true }),
    description: longText({ section: 'about' }),
    ...ownerField,
    convertedAt: moment({ section: 'system', isReadOnly: true }),
    ...systemFields,
  },
  access: 'owned',
  title: 'name',
  owner: 'ownerId',
  searched: ['firstName', 'lastName', 'companyName', 'email'],
  tellsApart: ['companyName', 'email'],
  importing: { extra: ['fullName', 'sourceId'] },
});
