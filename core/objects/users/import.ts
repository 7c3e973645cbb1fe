import { say } from '#shared/message.ts';
import { isGiven } from '../../data/given.ts';
import { splitFullName } from '../../data/names.ts';
import {
  contradict,
  lower,
  type MatchKey,
  type ObjectDescription,
  type Values,
} from '../import-description.ts';

/** The workspace's own people. `teamId` and `managerId` are worked out from the row's team, manager and region. */
export const people: ObjectDescription = {
  object: 'people',
  table: 'users',
  singular: 'person',
  plural: 'people',
  toTellApart: say`an email address`,
  columns: [
    { key: 'fullName', column: 'full_name', sqlType: 'text' },
    { key: 'firstName', column: 'first_name', sqlType: 'text' },
    { key: 'lastName', column: 'last_name', sqlType: 'text' },
    { key: 'email', column: 'email', sqlType: 'text' },
    { key: 'phone', column: 'phone', sqlType: 'text' },
    { key: 'title', column: 'title', sqlType: 'text' },
    { key: 'teamId', column: 'team_id', sqlType: 'uuid' },
    { key: 'managerId', column: 'manager_id', sqlType: 'uuid' },
  ],
  hasOwner: false,
  hasCustomFields: false,
  defaults: {},
  complete(values) {
    const joined = [values['firstName'], values['lastName']].filter((part) => isGiven(part)).join(' ');
    values['fullName'] ??= joined === '' ? null : joined;
    if (isGiven(values['fullName']) && joined === '')
      Object.assign(values, splitFullName(values['fullName']));
    return !isGiven(values['fullName']) && !isGiven(values['email']) ? say`The row names no person.` : null;
  },
  nameOf: (values) => values['fullName'] ?? values['email'] ?? '',
  matchKeys(values, nameKey) {
    const keys: MatchKey[] = [];
    if (isGiven(values['sourceId'])) keys.push({ kind: 'source_id', key: values['sourceId'] });
    const email = lower(values['email']);
    if (email !== null) keys.push({ kind: 'email', key: email });
    if (nameKey !== '') keys.push({ kind: 'name', key: nameKey });
    return keys;
  },
  differ: (row: Values, record: Values) => contradict(lower(row['email']), lower(record['email'])),
};
