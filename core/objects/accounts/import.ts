import { say } from '#shared/message.ts';
import { isGiven } from '../../data/given.ts';
import { byName, contradict, importModule, lower } from '../import-module.ts';
import { isCountry } from './countries.ts';

/** Domains of mail providers say nothing about the company. */
// biome-ignore format: one list
const providers = new Set(['gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'yahoo.com', 'icloud.com', 'me.com', 'gmx.de', 'gmx.net', 'web.de', 'aol.com', 'proton.me', 'protonmail.com', 'mail.ru', 'yandex.ru', 'linkedin.com', 'facebook.com']);

export const accounts = importModule({
  name: 'accounts',
  headers: {
    sourceId: ['record id', 'id', 'account id', 'company id', 'organization id', 'id de registro'],
    name: [
      'account',
      'account name',
      'company',
      'company name',
      'organization',
      'organisation',
      'organization name',
      'organisation name',
      'business name',
      'customer',
      'customer name',
      'client',
      'client name',
      'name',
      'empresa',
      'nombre de la empresa',
      'firma',
      'entreprise',
      'nombre',
    ],
    domain: ['company domain name', 'domain', 'domain name', 'website domain', 'dominio'],
    website: ['website', 'website url', 'web site', 'web', 'url', 'homepage', 'sitio web', 'web page'],
    industry: ['industry', 'sector', 'branche', 'vertical', 'industria', 'line of business'],
    employeeCount: [
      'number of employees',
      'employees',
      'employee count',
      'headcount',
      'company size',
      'num employees',
      'numero de empleados',
      'mitarbeiter',
    ],
    annualRevenue: ['annual revenue', 'revenue', 'turnover', 'sales volume', 'ingresos anuales', 'umsatz'],
    currency: ['currency', 'account currency', 'currency iso code', 'moneda'],
    yearEstablished: [
      'year established',
      'year founded',
      'founded',
      'founded year',
      'established',
      'ano de fundacion',
    ],
    phoneOffice: [
      'phone',
      'phone number',
      'office phone',
      'company phone',
      'main phone',
      'telephone',
      'tel',
      'numero de telefono',
      'telefono',
      'telefon',
    ],
    addressStreet: [
      'billing street',
      'street',
      'street address',
      'address',
      'address line 1',
      'calle',
      'direccion',
      'strasse',
      'shipping street',
    ],
    addressCity: ['billing city', 'city', 'town', 'ciudad', 'ort', 'stadt', 'ville', 'shipping city'],
    addressState: [
      'billing state',
      'state',
      'state region',
      'province',
      'county',
      'estado',
      'provincia',
      'bundesland',
      'shipping state',
    ],
    addressPostalCode: [
      'billing postal code',
      'billing zip',
      'billing code',
      'postal code',
      'zip',
      'zip code',
      'zip postal code',
      'postcode',
      'codigo postal',
      'plz',
      'shipping postal code',
    ],
    addressCountry: [
      'billing country',
      'country',
      'country region',
      'pais region',
      'pais',
      'land',
      'pays',
      'shipping country',
    ],
    parentAccountId: [
      'subsidiary of',
      'parent account',
      'parent company',
      'parent account id',
      'parent id',
      'parent',
      'parent account name',
      'empresa matriz',
      'associated parent company',
    ],
    description: [
      'description',
      'about us',
      'about',
      'notes',
      'comments',
      'descripcion',
      'beschreibung',
      'note',
    ],
    ownerId: [
      'company owner',
      'account owner',
      'owner',
      'owner id',
      'sales agent',
      'sales rep',
      'account manager',
      'propietario de la empresa',
      'propietario',
      'hubspot owner',
    ],
  },
  hints: [
    'company domain name',
    'subsidiary of',
    'parent account',
    'parent id',
    'number of employees',
    'employees',
    'annual revenue',
    'year established',
    'company owner',
    'billing street',
    'billing city',
    'sector',
  ],
  fileName: /(accounts?|compan(y|ies)|organi[sz]ations?|empresas?|customers?|firmen)/i,
  headerPrefix: /^organi[sz]ation - /i,
  needs: [['name', 'domain']],
  namedBy: ['name', 'domain', 'website'],
  wholeName: 'name',
  hasNearNames: true,
  toTellApart: say`a website or an id`,
  matchKeys: [
    {
      kind: 'domain',
      of: ({ domain }) => companyDomain(domain),
      sql: 'lower(domain)',
      filled: 'domain',
      isShared: true,
    },
    byName,
  ],
  screenIndexes: [
    'idx_accounts_search',
    'idx_accounts_workspace_name',
    'idx_accounts_created_at',
    'idx_accounts_updated_at',
    'idx_accounts_annual_revenue',
    'idx_accounts_industry',
    'idx_accounts_owner_id',
  ],
  byValues({ detected }) {
    if (detected === 'phone') return ['phoneOffice'];
    return detected === 'url' ? ['website'] : [];
  },
  // A country where most of the values are countries, and a city otherwise.
  openHeaders: {
    words: ['office location', 'location', 'headquarters', 'headquarter', 'hq', 'hq location', 'ubicacion'],
    field: (values) =>
      values.filter(isCountry).length > values.length / 2 ? 'addressCountry' : 'addressCity',
  },
  complete(values) {
    values.domain = domainOf(values.domain ?? values.website ?? null);
    values.name ??= values.domain;
    if (!isGiven(values.name)) return say`The row names no account.`;
    const year = values.yearEstablished;
    if (isGiven(year) && (Number(year) < 1000 || Number(year) > 2100))
      return say`“${year}” is no year of foundation.`;
    if (values.employeeCount?.startsWith('-')) return say`The number of employees is below zero.`;
    return null;
  },
  // Two firms may have one name; they do not have two domains.
  differ: (row, record, kind) => kind === byName.kind && contradict(lower(row.domain), lower(record.domain)),
  stub: (name) => ({ name }),
});

function companyDomain(text: string | null | undefined): string | null {
  const domain = lower(text);
  return domain !== null && providers.has(domain) ? null : domain;
}

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
