import { type Message, say } from '#shared/message.ts';

/** What each named rule of the schema asks of a person, for the errors of the database. */
export const constraintMessages: ReadonlyMap<string, Message> = new Map([
  ['users_named', say`Give the user a name or an email address.`],
  ['accounts_not_own_parent', say`An account cannot be its own parent. Choose another parent account.`],
  ['leads_named', say`Give the lead a name, a company, an email address or a phone number.`],
  ['leads_conversion', say`A lead is converted together with the date of its conversion.`],
  ['contacts_named', say`Give the contact a first name, a last name or an email address.`],
  ['chk_opportunity_has_target', say`Choose an account or a contact for the opportunity.`],
  ['chk_note_has_target', say`Attach the note to a contact, an account, an opportunity or a case.`],
  ['tasks_completion', say`Only a completed task has a time of completion.`],
  ['custom_field_definitions_options', say`A field to select from needs at least one option.`],
]);
