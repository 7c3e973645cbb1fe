import { moment, reference, text } from './field.ts';

/** Fields that several objects have. */

export const addressFields = {
  addressStreet: text({ section: 'address' }),
  addressCity: text({ section: 'address' }),
  addressState: text({ section: 'address' }),
  addressPostalCode: text({ section: 'address' }),
  addressCountry: text({ section: 'address' }),
};

export const ownerField = {
  ownerId: reference('users', { section: 'main', isSortable: true, isDefaultColumn: true }),
};

/** What the database sets on every record; the last fields of each object. */
export const systemFields = {
  createdAt: moment({ section: 'system', isReadOnly: true, isNeverNull: true, isSortable: true }),
  updatedAt: moment({ section: 'system', isReadOnly: true, isNeverNull: true, isSortable: true }),
};
