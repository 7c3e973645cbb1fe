import { emailLabelSet, lifecycleStageSet, phoneLabelSet } from '../enums.ts';
import { child, defineObject } from './define.ts';
import { date, email, longText, phone, reference, select, text, url } from './field.ts';
import { addressFields, ownerField, systemFields } from './parts.ts';

/** A person, in business (with an account) or private (without). */
export const contacts = defineObject({
  name: 'contacts',
  singular: 'contact',
  fields: {
    /** First and last name joined, or the email where there is no name. */
    name: text({
      section: 'main',
      column: 'full_name',
      isReadOnly: true,
      isNeverNull: true,
      isSortable: true,
      isDefaultColumn: true,
    }),
    firstName: text({ section: 'main' }),
    lastName: text({ section: 'main', isSortable: true }),
    salutation: text({ section: 'about' }),
    jobTitle: text({ section: 'main', isDefaultColumn: true }),
    accountId: reference('accounts', { section: 'main', isSortable: true, isDefaultColumn: true }),
    email: email({ section: 'reach', isSortable: true, isDefaultColumn: true }),
    phoneMobile: phone({ section: 'reach', isDefaultColumn: true }),
    phoneWork: phone({ section: 'reach' }),
    linkedinUrl: url({ section: 'reach' }),
    lifecycleStage: select(lifecycleStageSet, { section: 'main', isNeverNull: true, isDefaultColumn: true }),
    leadSource: text({ section: 'about' }),
    ...addressFields,
    birthday: date({ section: 'about' }),
    description: longText({ section: 'about' }),
    ...ownerField,
    ...systemFields,
  },
  /** Beside the primary ones in the fields, each with what it is for. */
  children: {
    emails: child({
      table: 'contact_emails',
      parentColumn: 'contact_id',
      fields: {
        label: select(emailLabelSet, { section: 'reach', isNeverNull: true }),
        value: email({ section: 'reach', isRequired: true }),
      },
    }),
    phones: child({
      table: 'contact_phones',
      parentColumn: 'contact_id',
      fields: {
        label: select(phoneLabelSet, { section: 'reach', isNeverNull: true }),
        value: phone({ section: 'reach', isRequired: true }),
      },
    }),
  },
  access: 'owned',
  title: 'name',
  owner: 'ownerId',
  searched: ['name', 'firstName', 'lastName', 'email'],
  tellsApart: ['accountName', 'email'],
  hasActivities: true,
  activitiesAlsoOn: ['accountId'],
  // A full name is split into first and last name.
  importing: { extra: ['fullName', 'sourceId'] },
});
