import { say } from '#shared/message.ts';
import { isGiven } from '../../data/given.ts';
import {
  contradict,
  lower,
  type MatchKey,
  type ObjectDescription,
  writableColumns,
} from '../import-description.ts';

/** Domains of mail providers say nothing about the company. */
// biome-ignore format: one list
const providers = new Set(['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'yahoo.com', 'icloud.com', 'me.com', 'gmx.de', 'gmx.net', 'web.de', 'aol.com', 'proton.me', 'protonmail.com', 'mail.ru', 'yandex.ru', 'linkedin.com', 'facebook.com']);

export const accounts: ObjectDescription = {
  object: 'accounts',
  table: 'accounts',
  singular: 'account',
  plural: 'accounts',
  toTellApart: say`a website or an id`,
  columns: writableColumns('accounts'),
  hasOwner: true,
  hasCustomFields: true,
  defaults: {},
  complete(values) {
    values['domain'] = domainOf(values['domain'] ?? values['website'] ?? null);
    values['name'] ??= values['domain'];
    if (!isGiven(values['name'])) return say`The row names no account.`;
    const year = values['yearEstablished'];
    if (isGiven(year) && (Number(year) < 1000 || Number(year) > 2100))
      return say`“${year}” is no year of foundation.`;
    if (values['employeeCount']?.startsWith('-')) return say`The number of employees is below zero.`;
    return null;
  },
  nameOf: (values) => values['name'] ?? '',
  matchKeys(values, nameKey) {
    const keys: MatchKey[] = [];
    if (isGiven(values['sourceId'])) keys.push({ kind: 'source_id', key: values['sourceId'] });
    const domain = lower(values['domain']);
    if (domain !== null && !providers.has(domain)) keys.push({ kind: 'domain', key: domain });
    if (nameKey !== '') keys.push({ kind: 'name', key: nameKey });
    return keys;
  },
  // Two firms may have one name; they do not have two domains.
  differ: (row, record, kind) => kind === 'name' && contradict(lower(row['domain']), lower(record['domain'])),
};

/** `https://www.Acme.com/about` and `acme.com` are `acme.com`; what is no domain is left out. */
function domainOf(text: string | null): string | null {
  if (text === null) return null;
  const host =
    text
      .trim()
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/^www\./, '')
      .split(/[/?#:]/)[0] ?? '';
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(host) ? host : null;
}
