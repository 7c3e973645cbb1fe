import type { BrokenRule, ExplainRule } from '#db/engine/database-errors.ts';
import { type Message, say } from '#shared/message.ts';
import { personalKeyMissing } from '../platform/personal-keys.ts';
import { contactIsNameless } from './contacts/contact-name.ts';
import { opportunityHasNoParty } from './opportunities/opportunity-party.ts';

/** What each named rule of the schema asks of a person. */
export const constraintMessages: ReadonlyMap<string, Message> = new Map([
  ['users_named', say`Give the user a name or an email address.`],
  ['accounts_not_own_parent', say`An account cannot be its own parent. Choose another parent account.`],
  ['leads_named', say`Give the lead a name, a company, an email address or a phone number.`],
  ['leads_conversion', say`A lead is converted together with the date of its conversion.`],
  ['contacts_named', contactIsNameless],
  ['chk_opportunity_has_target', opportunityHasNoParty],
  ['chk_note_has_target', say`Attach the note to a contact, an account, an opportunity or a case.`],
  ['custom_field_definitions_options', say`A field to select from needs at least one option.`],
]);

/** As satchel.pii_key() raises it. */
const keyMissing = 'ST001';

/** The words for a rule of the schema that a statement broke, for the errors of the engine. */
export const explainRule: ExplainRule = (broken) => {
  if (broken.sqlState === keyMissing) return { code: 'conflict', said: personalKeyMissing };
  const said = customFieldMessage(broken) ?? constraintMessages.get(broken.constraint ?? '');
  return said && { said };
};

/** The rules of custom fields are many and each workspace's own, so the database names the rule and the field. */
function customFieldMessage({ facts }: BrokenRule): Message | undefined {
  const field = facts?.['field'] ?? '';
  switch (facts?.['rule']) {
    case 'unknown_field':
      return say`There is no custom field "${field}". Define it first.`;
    case 'required_field':
      return say`Fill in the custom field "${field}".`;
    case 'unfit_value':
      return say`The custom field "${field}" does not take this value.`;
    default:
      return undefined;
  }
}
