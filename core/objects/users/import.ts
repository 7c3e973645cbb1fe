import { say } from '#shared/message.ts';
import { isEmailAddress } from '#shared/values.ts';
import { isGiven } from '../../data/given.ts';
import { splitFullName } from '../../data/names.ts';
import { byName, contradict, importModule, lower } from '../import-module.ts';
import { Teams } from './teams.ts';

/** `teamId` and `managerId` are worked out from the row's team, manager and region. */
export const users = importModule({
  name: 'users',
  headers: {
    fullName: [
      'sales agent',
      'agent',
      'sales rep',
      'sales person',
      'salesperson',
      'representative',
      'rep',
      'user',
      'employee',
      'full name',
      'name',
    ],
    firstName: ['first name', 'given name', 'nombre', 'vorname', 'prenom'],
    lastName: ['last name', 'surname', 'family name', 'apellidos', 'nachname', 'nom'],
    email: ['email', 'e mail', 'email address', 'user email', 'correo', 'username'],
    phone: ['phone', 'phone number', 'mobile'],
    title: ['title', 'job title', 'position', 'role', 'cargo'],
    teamName: ['team', 'team name', 'sales team', 'equipo'],
    managerName: ['manager', 'sales manager', 'team lead', 'team leader', 'supervisor', 'reports to'],
    region: ['regional office', 'region', 'office', 'territory'],
    sourceId: ['user id', 'agent id', 'id'],
  },
  hints: ['sales agent', 'manager', 'regional office', 'sales team', 'team'],
  fileName: /(sales[-_ ]?team|team|users?|people|agents?|reps?|employees)/i,
  needs: [
    ['fullName', 'firstName', 'lastName', 'email'],
    ['managerName', 'teamName', 'region', 'email'],
  ],
  namedBy: ['fullName', 'firstName', 'lastName', 'email'],
  wholeName: 'fullName',
  nameParts: ['firstName', 'lastName'],
  hasNearNames: true,
  shownName: 'coalesce(full_name, email)',
  toTellApart: say`an email address`,
  columns: [
    { key: 'teamId', column: 'team_id', sqlType: 'uuid', isNeverNull: false },
    { key: 'managerId', column: 'manager_id', sqlType: 'uuid', isNeverNull: false },
  ],
  matchKeys: [
    {
      kind: 'email',
      of: ({ email }) => lower(email),
      sql: 'lower(email)',
      filled: 'email',
      isShared: true,
      isLinkName: true,
    },
    byName,
  ],
  sideEffects: ['teams', 'managers'],
  byValues: ({ detected }) => (detected === 'email' ? ['email'] : []),
  impliedNames(rows) {
    const names = new Set<string>();
    for (const { managerName } of rows) if (isGiven(managerName)) names.add(managerName);
    return [...names].map((name) => ({ target: 'users', name }));
  },
  companion: (facts) => new Teams(facts),
  companionTables: [{ table: 'teams', shownName: 'name' }],
  complete(values) {
    const joined = [values.firstName, values.lastName].filter((part) => isGiven(part)).join(' ');
    values.fullName ??= joined === '' ? null : joined;
    if (isGiven(values.fullName) && joined === '') Object.assign(values, splitFullName(values.fullName));
    return !isGiven(values.fullName) && !isGiven(values.email) ? say`The row names no user.` : null;
  },
  nameOf: ({ fullName, email }) => fullName ?? email ?? '',
  differ: (row, record) => contradict(lower(row.email), lower(record.email)),
  stub: (name) => (isEmailAddress(name) ? { email: name } : { fullName: name }),
});
