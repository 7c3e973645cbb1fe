import { opportunityStageSet } from '../enums.ts';
import { ask } from '../message.ts';
import { defineObject } from './define.ts';
import { currency, date, longText, moment, money, percent, reference, select, text, title } from './field.ts';
import { ownerField, systemFields } from './parts.ts';

/** A sale that may come about. It belongs to an account, a contact, or both. */
export const opportunities = defineObject({
  name: 'opportunities',
  singular: 'opportunity',
  fields: {
    name: title(ask`Give the opportunity a name.`, {
      section: 'main',
      isSortable: true,
      isDefaultColumn: true,
    }),
    accountId: reference('accounts', { section: 'main', isSortable: true, isDefaultColumn: true }),
    contactId: reference('contacts', { section: 'main', isSortable: true }),
    stage: select(opportunityStageSet, {
      section: 'deal',
      isRequired: true,
      isSortable: true,
      isDefaultColumn: true,
    }),
    amount: money({ section: 'deal', isSortable: true, isDefaultColumn: true }),
    currency: currency({ section: 'deal' }),
    probability: percent({ section: 'deal' }),
    closeDate: date({ section: 'deal', isSortable: true, isDefaultColumn: true }),
    engagedOn: date({ section: 'deal' }),
    productId: reference('products', { section: 'deal', isSortable: true, isDefaultColumn: true }),
    nextStep: text({ section: 'deal' }),
    leadSource: text({ section: 'about' }),
    wonReason: text({ section: 'about' }),
    lostReason: text({ section: 'about' }),
    externalRef: text({ section: 'about' }),
    description: longText({ section: 'about' }),
    ...ownerField,
    closedAt: moment({ section: 'system', isReadOnly: true }),
    ...systemFields,
  },
  access: 'owned',
  title: 'name',
  owner: 'ownerId',
  searched: ['name', 'externalRef'],
  tellsApart: ['accountName', 'contactName', 'closeDate'],
  hasActivities: true,
  activitiesAlsoOn: ['accountId'],
  importing: {
    // Pipedrive tells won and lost apart in a column beside the stage. The source's id is kept in `externalRef`.
    extra: ['status'],
    needsOneOf: ['accountId', 'contactId'],
  },
});
