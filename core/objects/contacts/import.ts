import { say } from '#shared/message.ts';
import { isEmailAddress } from '#shared/values.ts';
import { isGiven } from '../../data/given.ts';
import { splitFullName } from '../../data/names.ts';
import {
  byName,
  type ColumnFacts,
  contradict,
  importModule,
  lower,
  type ValuesOf,
} from '../import-module.ts';
import { contactIsNameless, isNamedContact } from './contact-name.ts';
import { lifecycleStageChoices } from './lifecycle-stages.ts';

export const contacts = importModule({
  name: 'contacts',
  headers: {
    sourceId: ['record id', 'id', 'contact id', 'person id', 'id de registro'],
    firstName: [
      'first name',
      'firstname',
      'given name',
      'forename',
      'nombre',
      'nombre de pila',
      'vorname',
      'prenom',
      'voornaam',
      'nome',
    ],
    lastName: [
      'last name',
      'lastname',
      'family name',
      'surname',
      'apellidos',
      'apellido',
      'nachname',
      'nom',
      'nom de famille',
      'achternaam',
      'cognome',
      'sobrenome',
    ],
    fullName: [
      'full name',
      'name',
      'contact name',
      'person',
      'contact',
      'display name',
      'nombre completo',
      'person name',
    ],
    salutation: [
      'salutation',
      'name prefix',
      'prefix',
      'honorific',
      'courtesy title',
      'tratamiento',
      'anrede',
      'title',
    ],
    jobTitle: [
      'job title',
      'position',
      'role',
      'organization title',
      'organization 1 title',
      'cargo',
      'puesto',
      'funktion',
      'poste',
      'jobtitle',
      'title',
    ],
    email: [
      'email',
      'e mail',
      'email address',
      'e mail address',
      'e mail 1 value',
      'email work',
      'work email',
      'primary email',
      'mail',
      'correo',
      'correo electronico',
      'email home',
      'email other',
      'e mail adresse',
      'courriel',
      'adresse e mail',
      'e mail 2 address',
      'e mail 2 value',
    ],
    phoneMobile: [
      'mobile phone',
      'mobile phone number',
      'mobile',
      'cell',
      'cell phone',
      'phone mobile',
      'mobile number',
      'numero de telefono movil',
      'movil',
      'handy',
      'mobil',
    ],
    phoneWork: [
      'phone number',
      'phone',
      'business phone',
      'work phone',
      'phone work',
      'phone 1 value',
      'telephone',
      'tel',
      'office phone',
      'numero de telefono',
      'telefono',
      'telefon',
      'phone home',
      'home phone',
      'phone other',
    ],
    linkedinUrl: ['linkedin', 'linkedin url', 'linkedin profile', 'linkedin bio', 'profile url', 'url'],
    lifecycleStage: ['lifecycle stage', 'lifecyclestage', 'etapa del ciclo de vida'],
    leadSource: ['lead source', 'source', 'original source', 'fuente original', 'fuente', 'quelle'],
    accountId: [
      'account id',
      'associated company ids primary',
      'associated company ids',
      'associated company',
      'company name',
      'company',
      'account',
      'account name',
      'organization',
      'organisation',
      'organization name',
      'organization 1 name',
      'employer',
      'nombre de la empresa',
      'empresa',
      'firma',
      'entreprise',
      'societe',
      'azienda',
    ],
    addressStreet: [
      'mailing street',
      'street',
      'street address',
      'address',
      'business street',
      'address 1 street',
      'home street',
      'calle',
      'direccion',
      'strasse',
    ],
    addressCity: [
      'mailing city',
      'city',
      'business city',
      'address 1 city',
      'home city',
      'ciudad',
      'ort',
      'stadt',
      'ville',
    ],
    addressState: [
      'mailing state',
      'state',
      'state region',
      'business state',
      'address 1 region',
      'home state',
      'province',
      'estado',
      'provincia',
    ],
    addressPostalCode: [
      'mailing postal code',
      'mailing zip',
      'mailing code',
      'postal code',
      'zip',
      'zip code',
      'business postal code',
      'address 1 postal code',
      'home postal code',
      'codigo postal',
      'plz',
    ],
    addressCountry: [
      'mailing country',
      'country',
      'country region',
      'business country region',
      'business country',
      'address 1 country',
      'home country region',
      'pais region',
      'pais',
      'land',
      'pays',
    ],
    birthday: ['birthday', 'birth date', 'birthdate', 'date of birth', 'fecha de nacimiento', 'geburtstag'],
    description: ['notes', 'description', 'comments', 'about', 'notas', 'descripcion', 'notizen', 'note'],
    ownerId: [
      'contact owner',
      'owner',
      'owner id',
      'sales agent',
      'sales rep',
      'account manager',
      'propietario del contacto',
      'propietario',
      'hubspot owner',
    ],
  },
  hints: [
    'first name',
    'last name',
    'given name',
    'family name',
    'surname',
    'email',
    'e mail 1 value',
    'e mail address',
    'email address',
    'mobile phone',
    'contact owner',
    'lifecycle stage',
    'salutation',
    'mailing street',
    'apellidos',
    'correo',
    'job title',
    'birthday',
    'nachname',
    'vorname',
    'connected on',
  ],
  fileName: /(contacts?|persons?|connections|address[-_ ]?book|contactos?|kontakte)/i,
  headerPrefix: /^person - /i,
  needs: [['firstName', 'lastName', 'fullName', 'email']],
  namedBy: ['fullName', 'firstName', 'lastName', 'email'],
  wholeName: 'fullName',
  nameParts: ['firstName', 'lastName'],
  hasNearNames: false,
  toTellApart: say`an email address or a telephone number`,
  defaults: { lifecycleStage: 'lead' },
  matchKeys: [
    {
      kind: 'email',
      of: ({ email }) => lower(email),
      sql: 'lower(email)',
      filled: 'email',
      isShared: true,
      isLinkName: true,
    },
    // An address alone is no name.
    { ...byName, of: (values, nameKey) => (fullName(values) === '' ? null : byName.of(values, nameKey)) },
  ],
  screenIndexes: [
    'idx_contacts_search',
    'idx_contacts_last_name',
    'idx_contacts_lifecycle_stage',
    'idx_contacts_created_at',
    'idx_contacts_updated_at',
    'idx_contacts_owner_id',
    'idx_contacts_company_lookup',
  ],
  choices: () => ({ lifecycleStage: lifecycleStageChoices }),
  suits: {
    // `title` may be a salutation or a job, `url` a profile.
    salutation: ({ header, samples }) => header !== 'title' || samples.every(isSalutation),
    linkedinUrl: isProfile,
  },
  byValues(column) {
    if (column.detected === 'email') return ['email'];
    if (column.detected === 'phone') return ['phoneWork', 'phoneMobile'];
    return column.detected === 'url' && isProfile(column) ? ['linkedinUrl'] : [];
  },
  complete(values) {
    if (isGiven(values.fullName) && !isGiven(values.firstName) && !isGiven(values.lastName)) {
      Object.assign(values, splitFullName(values.fullName));
    }
    delete values.fullName;
    return isNamedContact(values) ? null : contactIsNameless;
  },
  nameOf: (values) => fullName(values) || (values.email ?? ''),
  differ(row, record, kind) {
    if (kind !== byName.kind) return false;
    return (
      (row.accountId ?? null) !== (record.accountId ?? null) ||
      contradict(lower(row.email), lower(record.email)) ||
      contradict(digits(row.phoneMobile), digits(record.phoneMobile)) ||
      contradict(digits(row.phoneWork), digits(record.phoneWork))
    );
  },
  stub: (name, row) => ({
    ...(isEmailAddress(name) ? { email: name } : { fullName: name }),
    ...(isGiven(row['accountId']) ? { accountId: row['accountId'] } : {}),
  }),
});

function fullName({ firstName, lastName }: ValuesOf<'contacts'>): string {
  return [firstName, lastName].filter((part) => isGiven(part)).join(' ');
}

/** The last nine digits, so that `+34 600 …` and `600 …` are one number. */
function digits(phone: string | null | undefined): string | null {
  const all = phone?.replaceAll(/\D/g, '') ?? '';
  return all === '' ? null : all.slice(-9);
}

function isSalutation(text: string): boolean {
  return /^(mr|mrs|ms|miss|mx|dr|prof|sir|herr|frau|sr|sra|m|mme)\.?$/i.test(text);
}

function isProfile({ samples }: ColumnFacts): boolean {
  return samples.some((sample) => /linkedin\./i.test(sample));
}
