import { leadRatingSet, leadStatusSet } from '#shared/enums.ts';
import { say } from '#shared/message.ts';
import { isEmailAddress } from '#shared/values.ts';
import { isGiven } from '../../data/given.ts';
import { splitFullName } from '../../data/names.ts';
import { byName, contradict, importModule, lower, type ValuesOf } from '../import-module.ts';
import { wordChoices } from '../word-choices.ts';

const statuses = wordChoices(leadStatusSet, {
  new: ['open', 'not contacted', 'open not contacted', 'neu', 'nuevo'],
  working: [
    'contacted',
    'attempted to contact',
    'in progress',
    'working contacted',
    'connected',
    'open deal',
  ],
  nurturing: ['nurture', 'bad timing', 'contact in future'],
  qualified: ['pre qualified', 'qualifiziert', 'cualificado'],
  unqualified: ['disqualified', 'not qualified', 'junk lead', 'lost lead', 'closed not converted'],
  converted: ['closed converted'],
});
const ratings = wordChoices(leadRatingSet, {
  cold: ['kalt', 'frio'],
  warm: ['tibio'],
  hot: ['heiss', 'caliente'],
});

export const leads = importModule({
  name: 'leads',
  headers: {
    sourceId: ['lead id', 'record id', 'id'],
    firstName: ['first name', 'given name', 'vorname', 'nombre', 'prenom'],
    lastName: ['last name', 'family name', 'surname', 'nachname', 'apellidos', 'nom'],
    fullName: ['lead name', 'full name', 'name', 'lead', 'contact name'],
    companyName: ['company', 'company name', 'organization', 'account name', 'firma', 'empresa'],
    jobTitle: ['job title', 'title', 'position', 'funktion', 'cargo'],
    email: ['email', 'email address', 'e mail', 'correo'],
    phone: ['phone', 'phone number', 'mobile', 'mobile phone', 'telefon', 'telefono'],
    website: ['website', 'web site', 'website url', 'web'],
    addressCity: ['city', 'stadt', 'ciudad'],
    addressCountry: ['country', 'land', 'pais'],
    source: ['lead source', 'source', 'original source', 'quelle', 'fuente'],
    status: ['lead status', 'status', 'estado'],
    rating: ['lead rating', 'rating', 'bewertung'],
    description: ['description', 'notes', 'comments', 'notizen', 'notas'],
    ownerId: ['lead owner', 'owner', 'owner id', 'sales rep', 'propietario'],
  },
  hints: ['lead id', 'lead name', 'lead status', 'lead owner', 'lead rating', 'rating', 'lead source'],
  fileName: /(leads?|prospects?|interessenten|prospectos)/i,
  needs: [
    ['firstName', 'lastName', 'fullName', 'companyName', 'email', 'phone'],
    ['status', 'rating', 'source'],
  ],
  namedBy: ['fullName', 'firstName', 'lastName', 'companyName', 'email', 'phone'],
  wholeName: 'fullName',
  nameParts: ['firstName', 'lastName'],
  hasNearNames: false,
  toTellApart: say`an email address or a company`,
  defaults: { status: 'new' },
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
  choices: () => ({ status: statuses, rating: ratings }),
  complete(values) {
    if (isGiven(values.fullName) && !isGiven(values.firstName) && !isGiven(values.lastName)) {
      Object.assign(values, splitFullName(values.fullName));
    }
    delete values.fullName;
    // Converting makes an account and a contact of a lead, which a file of leads does not hold.
    if (values.status === 'converted')
      return say`A converted lead comes in as a contact. Import it from the file of contacts.`;
    return nameOf(values) === ''
      ? say`Give the lead a name, a company, an email address or a phone number.`
      : null;
  },
  nameOf,
  differ: (row, record, kind) =>
    kind === byName.kind &&
    (contradict(lower(row.email), lower(record.email)) ||
      contradict(lower(row.companyName), lower(record.companyName))),
  stub: (name) => (isEmailAddress(name) ? { email: name } : { fullName: name }),
});

/** As the database names one. */
function nameOf({ firstName, lastName, companyName, email, phone }: ValuesOf<'leads'>): string {
  const person = [firstName, lastName].filter((part) => isGiven(part)).join(' ');
  return person || [companyName, email, phone].find((part) => isGiven(part)) || '';
}
