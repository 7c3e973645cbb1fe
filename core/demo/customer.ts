import type { LifecycleStage } from '#shared/enums.ts';
import type { AccountCast, CastMember } from './cast.ts';
import type { Chance } from './chance.ts';
import { type Industry, industries } from './companies/industry.ts';
import type { CompanyName, CompanyRegister } from './companies/naming.ts';
import { day } from './conversation.ts';
import { type Culture, plainLetters } from './people/culture.ts';
import { cultures } from './people/cultures.ts';
import { addressStyles, jobTitle, mailbox, namePerson } from './people/person.ts';
import type { RowCollector } from './rows.ts';
import type { Rep } from './staff.ts';

/** A customer with its people, before it is known what became of it. */
export interface Customer {
  readonly cast: AccountCast;
  readonly owner: Rep;
  readonly company: CompanyName | null;
  readonly industry: Industry;
  readonly employees: number;
  readonly people: readonly CustomerPerson[];
}

interface CustomerPerson extends CastMember {
  readonly salutation: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly metAt: number;
}

const freeMail = ['gmail.com', 'outlook.com', 'yahoo.com', 'proton.me', 'icloud.com', 'gmx.net'];
const sources = [
  'Trade fair',
  'Website',
  'Referral',
  'Cold call',
  'Partner',
  'Webinar',
  'Newsletter',
  'Existing customer',
];

/** An organisation with `count` people, or one person on their own. */
export function meetCustomer(
  chance: Chance,
  register: CompanyRegister,
  options: { count: number; isPerson: boolean; owner: Rep; since: number; now: number },
): Customer {
  const culture = chance.weighted(cultures);
  const industry = chance.weighted(industries);
  const knownSince = options.since + chance.fraction() ** 1.3 * (options.now - options.since - 10 * day);
  const place = chance.pick(culture.places);
  const company = options.isPerson ? null : register.nameCompany(chance, culture, industry, place.city);
  const style = chance.weighted(addressStyles).style;
  const taken = new Set<string>();
  const people: CustomerPerson[] = [];
  for (let index = 0; index < options.count; index++) {
    const name = namePerson(chance, chance.happens(0.9) ? culture : chance.weighted(cultures));
    const metAt = index === 0 ? knownSince : knownSince + chance.fraction() ** 2 * (options.now - knownSince);
    const box = company
      ? `${mailbox(name, style, taken)}@${company.domain}`
      : `${mailbox(name, 'first.last', taken)}${chance.integer(1, 99)}@${chance.pick(freeMail)}`;
    people.push({
      id: chance.idAt(metAt),
      firstName: name.firstName,
      lastName: name.lastName,
      fullName: `${name.firstName} ${name.lastName}`,
      salutation: name.salutation,
      title: company ? jobTitle(chance) : null,
      email: chance.happens(0.95) ? box : null,
      metAt,
    });
  }
  const absent = namePerson(chance, culture);
  return {
    cast: {
      id: company ? chance.idAt(knownSince) : null,
      name: company?.name ?? people[0]?.fullName ?? '',
      city: place.city,
      culture,
      language: chance.happens(culture.languageShare) ? culture.language : 'en',
      members: people,
      absentColleague: `${absent.firstName} ${absent.lastName}`,
      systemNumber: chance.integer(0, 999),
      knownSince,
    },
    owner: options.owner,
    company,
    industry,
    employees: Math.max(options.count, Math.round(chance.around(industry.employees, 1))),
    people,
  };
}

/** Writes the rows of the account and its contacts. */
export function addCustomer(
  chance: Chance,
  rows: RowCollector,
  customer: Customer,
  options: { currency: string; lifecycle: (person: CastMember) => LifecycleStage; parentId: string | null },
): void {
  const { cast, company } = customer;
  const source = chance.pick(sources);
  const address = makeAddress(chance, cast.culture, cast.city);
  if (company) {
    const moment = new Date(cast.knownSince).toISOString();
    rows.add('accounts', {
      id: cast.id,
      name: company.name,
      legal_name: company.legalName,
      domain: company.domain,
      website: `https://www.${company.domain}`,
      industry: customer.industry.name,
      employee_count: customer.employees,
      annual_revenue:
        Math.round(customer.employees * customer.industry.revenuePerHead * chance.around(1, 0.3)) * 1_000,
      currency: options.currency,
      year_established: 2022 - Math.min(160, Math.round(chance.around(28, 0.8))),
      phone_office: chance.digits(chance.pick(cast.culture.workPhones)),
      ...address,
      parent_account_id: options.parentId,
      description: chance.happens(0.4) ? describe(chance, customer) : null,
      owner_id: customer.owner.id,
      created_at: moment,
      updated_at: moment,
    });
  }
  for (const person of customer.people) {
    const moment = new Date(person.metAt).toISOString();
    rows.add('contacts', {
      id: person.id,
      account_id: cast.id,
      salutation: chance.happens(0.7) ? person.salutation : null,
      first_name: person.firstName,
      last_name: person.lastName,
      job_title: person.title,
      email: person.email,
      phone_mobile: chance.happens(0.8) ? chance.digits(chance.pick(cast.culture.mobilePhones)) : null,
      phone_work: company && chance.happens(0.6) ? chance.digits(chance.pick(cast.culture.workPhones)) : null,
      lifecycle_stage: options.lifecycle(person),
      lead_source: source,
      ...address,
      birthday: !company && chance.happens(0.5) ? birthday(chance) : null,
      description: null,
      owner_id: customer.owner.id,
      created_at: moment,
      updated_at: moment,
    });
  }
}

function makeAddress(chance: Chance, culture: Culture, city: string) {
  const place = culture.places.find((known) => known.city === city) ?? chance.pick(culture.places);
  return {
    address_street: chance.digits(chance.pick(culture.streets)),
    address_city: place.city,
    address_state: place.state,
    address_postal_code: chance.digits(place.postalCode),
    address_country: culture.country,
  };
}

function birthday(chance: Chance): string {
  return new Date(Date.UTC(chance.integer(1950, 2003), chance.integer(0, 11), chance.integer(1, 28)))
    .toISOString()
    .slice(0, 10);
}

function describe(chance: Chance, customer: Customer): string {
  const { cast, industry, employees } = customer;
  const opening = chance.pick([
    `${industry.name} in ${cast.city}, about ${employees} people.`,
    `Family firm in ${cast.city}; ${industry.name.toLowerCase()}.`,
    `Runs ${chance.integer(2, 9)} sites, the largest in ${cast.city}.`,
    `Supplier to several of our customers, based in ${cast.city}.`,
  ]);
  const detail = chance.pick([
    'Cold rooms and two production lines.',
    'Night shift on weekdays, nobody on site at weekends.',
    'Audited every spring.',
    'Buys centrally, decides locally.',
    'Was with a competitor before.',
    'Grows by buying smaller firms.',
  ]);
  return `${opening} ${detail}`;
}

/** Somebody who left an address and has not been looked at yet. */
export function addLead(
  chance: Chance,
  rows: RowCollector,
  register: CompanyRegister,
  options: { owner: Rep; now: number },
): void {
  const culture = chance.weighted(cultures);
  const industry = chance.weighted(industries);
  const name = namePerson(chance, culture);
  const company = register.nameCompany(chance, culture, industry, chance.pick(culture.places).city);
  const cameAt = options.now - chance.integer(0, 240) * day - chance.integer(0, day);
  const moment = new Date(cameAt).toISOString();
  const source = chance.pick(['Trade fair', 'Website form', 'Badge scan', 'Purchased list', 'Webinar']);
  rows.add('leads', {
    id: chance.idAt(cameAt),
    first_name: name.firstName,
    last_name: name.lastName,
    company_name: company.name,
    job_title: jobTitle(chance),
    email: `${plainLetters(name.latinFirst)}.${plainLetters(name.latinLast)}@${company.domain}`,
    phone: chance.happens(0.6) ? chance.digits(chance.pick(culture.mobilePhones)) : null,
    source,
    status: chance.weighted([
      { weight: 5, status: 'new' },
      { weight: 3, status: 'working' },
      { weight: 2, status: 'nurturing' },
      { weight: 1, status: 'qualified' },
      { weight: 2, status: 'unqualified' },
    ]).status,
    rating: chance.happens(0.5) ? chance.pick(['cold', 'warm', 'hot']) : null,
    description: chance.happens(0.5)
      ? chance.pick([
          `Asked for a price list at the stand.`,
          `Downloaded the guide to cold-chain audits.`,
          `Wants a call about vibration monitoring.`,
          `Met at the ${industry.name.toLowerCase()} evening in ${chance.pick(culture.places).city}.`,
        ])
      : null,
    owner_id: options.owner.id,
    created_at: moment,
    updated_at: moment,
  });
}
