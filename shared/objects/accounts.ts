import { ask } from '../message.ts';
import { defineObject } from './define.ts';
import { currency, integer, longText, money, phone, reference, text, title, url } from './field.ts';
import { addressFields, ownerField, systemFields } from './parts.ts';

/** A company or other organisation. */
export const accounts = defineObject({
  name: 'accounts',
  singular: 'account',
  fields: {
    name: title(ask`Give the account a name.`, {
      section: 'main',
      isSortable: true,
      isDefaultColumn: true,
    }),
    industry: text({ section: 'main', isSortable: true, isDefaultColumn: true }),
    domain: text({ section: 'reach' }),
    website: url({ section: 'reach' }),
    phoneOffice: phone({ section: 'reach', isDefaultColumn: true }),
    employeeCount: integer(
      { min: 0, max: 100_000_000 },
      { section: 'about', isDefaultColumn: true, isSortable: true },
    ),
    annualRevenue: money({ section: 'about', isSortable: true, isDefaultColumn: true }),
    currency: currency({ section: 'about' }),
    yearEstablished: integer({ min: 1000, max: 2100 }, { section: 'about' }),
    parentAccountId: reference('accounts', { section: 'main', isSortable: true }),
    ...addressFields,
    addressCity: text({ section: 'address', isDefaultColumn: true }),
    addressCountry: text({ section: 'address', isDefaultColumn: true }),
    description: longText({ section: 'about' }),
    ...ownerField,
    ...systemFields,
  },
  access: 'owned',
  title: 'name',
  owner: 'ownerId',
  searched: ['name'],
  tellsApart: ['domain', 'addressCity'],
  hasActivities: true,
  importing: { extra: ['sourceId'] },
});
