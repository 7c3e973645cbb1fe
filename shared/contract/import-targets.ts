import type { ObjectName } from '../objects/objects.ts';
import { fieldsOf } from '../objects/objects.ts';

/** What a file can hold. `people` are the workspace's own sales people: they become users in teams. */
export const importObjects = ['people', 'accounts', 'products', 'contacts', 'opportunities'] as const;
export type ImportObject = (typeof importObjects)[number];

export type ImportValueType =
  | 'text'
  | 'long_text'
  | 'email'
  | 'phone'
  | 'url'
  | 'integer'
  | 'money'
  | 'percent'
  | 'date'
  | 'boolean'
  | 'select';

/** A field that a column can be mapped to. */
export interface ImportField {
  readonly key: string;
  readonly type: ImportValueType;
  readonly options?: readonly string[];
}

/** A relation that a column can fill by naming the other record. */
export interface ImportLink {
  readonly key: string;
  readonly target: ImportObject;
}

export interface ImportTargets {
  readonly fields: readonly ImportField[];
  readonly links: readonly ImportLink[];
}

/**
 * Fields that exist only while importing: `fullName` is split into first and last name; `sourceId` is the record's id
 * in the system the file came from, kept to find the record again and to resolve links by id.
 */
const sourceId: ImportField = { key: 'sourceId', type: 'text' };

const people: ImportTargets = {
  fields: [
    { key: 'fullName', type: 'text' },
    { key: 'firstName', type: 'text' },
    { key: 'lastName', type: 'text' },
    { key: 'email', type: 'email' },
    { key: 'phone', type: 'phone' },
    { key: 'title', type: 'text' },
    { key: 'teamName', type: 'text' },
    { key: 'managerName', type: 'text' },
    { key: 'region', type: 'text' },
    sourceId,
  ],
  links: [],
};

/** Everything a column of a file of `object` can be mapped to, besides custom fields and being ignored. */
export function importTargets(object: ImportObject): ImportTargets {
  if (object === 'people') return people;
  return { fields: [...fieldTargets(object), ...additionalFields(object)], links: linkTargets(object) };
}

function fieldTargets(object: ObjectName): ImportField[] {
  const targets: ImportField[] = [];
  for (const field of fieldsOf(object)) {
    if (field.isReadOnly === true) continue;
    if (field.type === 'reference' || field.type === 'datetime' || field.type === 'tags') continue;
    targets.push({
      key: field.key,
      type: field.type,
      ...(field.options === undefined ? {} : { options: field.options }),
    });
  }
  return targets;
}

function additionalFields(object: ObjectName): ImportField[] {
  switch (object) {
    case 'contacts':
      return [{ key: 'fullName', type: 'text' }, sourceId];
    case 'accounts':
      return [sourceId];
    case 'opportunities':
      // Pipedrive tells won and lost apart in a column beside the stage. The source's id is kept in `externalRef`.
      return [{ key: 'status', type: 'text' }];
    case 'products':
      // The source's id is kept in `sku`.
      return [];
    default:
      return object satisfies never;
  }
}

function linkTargets(object: ObjectName): ImportLink[] {
  const links: ImportLink[] = [];
  for (const field of fieldsOf(object)) {
    if (field.type !== 'reference' || field.target === undefined || field.isReadOnly === true) continue;
    if (field.target === 'users') links.push({ key: field.key, target: 'people' });
    else links.push({ key: field.key, target: field.target });
  }
  return links;
}
