import { say } from '#shared/message.ts';
import { isGiven } from '../../data/given.ts';
import { splitFullName } from '../../data/names.ts';
import {
  contradict,
  lower,
  type MatchKey,
  type ObjectDescription,
  type Values,
  writableColumns,
} from '../import-description.ts';
import { contactIsNameless, isNamedContact } from './contact-name.ts';

export const contacts: ObjectDescription = {
  object: 'contacts',
  table: 'contacts',
  singular: 'contact',
  plural: 'contacts',
  toTellApart: say`an email address or a telephone number`,
  columns: writableColumns('contacts'),
  hasOwner: true,
  hasCustomFields: true,
  defaults: { lifecycleStage: 'lead' },
  complete(values) {
    if (isGiven(values['fullName']) && !isGiven(values['firstName']) && !isGiven(values['lastName'])) {
      Object.assign(values, splitFullName(values['fullName']));
    }
    delete values['fullName'];
    return isNamedContact(values) ? null : contactIsNameless;
  },
  nameOf: (values) => fullName(values) || (values['email'] ?? ''),
  matchKeys(values, nameKey) {
    const keys: MatchKey[] = [];
    if (isGiven(values['sourceId'])) keys.push({ kind: 'source_id', key: values['sourceId'] });
    const email = lower(values['email']);
    if (email !== null) keys.push({ kind: 'email', key: email });
    if (nameKey !== '' && fullName(values) !== '') keys.push({ kind: 'name', key: nameKey });
    return keys;
  },
  differ(row, record, kind) {
    if (kind !== 'name') return false;
    return (
      (row['accountId'] ?? null) !== (record['accountId'] ?? null) ||
      contradict(lower(row['email']), lower(record['email'])) ||
      contradict(digits(row['phoneMobile']), digits(record['phoneMobile'])) ||
      contradict(digits(row['phoneWork']), digits(record['phoneWork']))
    );
  },
};

function fullName(values: Values): string {
  return [values['firstName'], values['lastName']].filter((part) => isGiven(part)).join(' ');
}

/** The last nine digits, so that `+34 600 …` and `600 …` are one number. */
function digits(phone: string | null | undefined): string | null {
  const all = phone?.replaceAll(/\D/g, '') ?? '';
  return all === '' ? null : all.slice(-9);
}
