import type { ReferenceKey, WritableKey } from '../objects/define.ts';
import type { Fields, FieldType } from '../objects/field.ts';
import {
  definitionOf,
  type FieldDefinition,
  fieldsOf,
  type ObjectName,
  objectNames,
  type objects,
  type ReferenceTarget,
} from '../objects/objects.ts';
import { users } from '../objects/users.ts';

/** What a file can hold: records of an object, or the workspace's own users. */
export type ImportObject = ReferenceTarget;

export type ImportValueType = Exclude<FieldType, 'reference' | 'datetime' | 'tags'>;

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

/** Everything a column can be mapped to, besides custom fields and being ignored. */
export interface ImportTargets {
  readonly fields: readonly ImportField[];
  readonly links: readonly ImportLink[];
  /** Links of which a row needs one. */
  readonly needsOneOf: readonly string[];
  /** The object whose custom fields a column can fill; null where there are none. */
  readonly customFieldsOf: ObjectName | null;
}

type DefinitionOf<Name extends ImportObject> = Name extends ObjectName
  ? (typeof objects)[Name]
  : typeof users;
type FieldsOf<Name extends ImportObject> = DefinitionOf<Name>['fields'];
type ExtraOf<Name extends ImportObject> = DefinitionOf<Name>['importing']['extra'][number];

/** What a column of a file of an object can fill: a field, a link, or what exists only while importing. */
export type ImportKey<Name extends ImportObject> =
  | {
      [Key in WritableKey<FieldsOf<Name>>]: FieldsOf<Name>[Key] extends {
        readonly type: Exclude<FieldType, ImportValueType | 'reference'>;
      }
        ? never
        : Key;
    }[WritableKey<FieldsOf<Name>>]
  | ExtraOf<Name>;

/** The links among them. */
export type ImportLinkKey<Name extends ImportObject> = ImportKey<Name> & ReferenceKey<FieldsOf<Name>>;

/** An object or the users, without their literal types. */
export interface ImportDefinition {
  readonly name: ImportObject;
  readonly singular: string;
  readonly fields: Fields;
  readonly fieldList: readonly FieldDefinition[];
  readonly title: string;
  readonly owner: string | null;
  readonly importing: { readonly extra: readonly string[]; readonly needsOneOf: readonly string[] };
}

function isObject(name: ImportObject): name is ObjectName {
  return name !== users.name;
}

export function importDefinition(name: ImportObject): ImportDefinition {
  return isObject(name) ? { ...definitionOf(name), fieldList: fieldsOf(name) } : users;
}

/**
 * What a file can hold, in the order of importing: what others link to comes first. Links of an object to its own kind
 * (parents) are set in a second pass.
 */
export const importObjects: readonly ImportObject[] = [users.name, ...byReferences(objectNames)];

/** Each object after those that it refers to. */
function byReferences(names: readonly ObjectName[]): ObjectName[] {
  const depths = new Map<ObjectName, number>();
  const depthOf = (name: ObjectName): number => {
    const known = depths.get(name);
    if (known !== undefined) return known;
    // While its own references are followed: a circle ends here.
    depths.set(name, 0);
    const below = names.filter((other) => other !== name && refersTo(name, other)).map(depthOf);
    const depth = Math.max(0, ...below.map((each) => each + 1));
    depths.set(name, depth);
    return depth;
  };
  return [...names].sort((a, b) => depthOf(a) - depthOf(b));
}

function refersTo(name: ObjectName, other: ObjectName): boolean {
  return fieldsOf(name).some(({ target, isReadOnly }) => target === other && isReadOnly !== true);
}

const targets = new Map(importObjects.map((name) => [name, targetsOf(name)]));

/** Everything a column of a file of `object` can be mapped to. */
export function importTargets(object: ImportObject): ImportTargets {
  return targets.get(object) ?? targetsOf(object);
}

function targetsOf(name: ImportObject): ImportTargets {
  const { fieldList, importing } = importDefinition(name);
  return {
    fields: [
      ...fieldList.flatMap(fieldTarget),
      ...importing.extra.map((key) => ({ key, type: 'text' }) as const),
    ],
    links: fieldList.flatMap(linkTarget),
    needsOneOf: importing.needsOneOf,
    customFieldsOf: isObject(name) ? name : null,
  };
}

function fieldTarget({ key, type, options, isReadOnly }: FieldDefinition): ImportField[] {
  if (isReadOnly === true || type === 'reference' || type === 'datetime' || type === 'tags') return [];
  return [{ key, type, ...(options === undefined ? {} : { options }) }];
}

function linkTarget({ key, target, isReadOnly }: FieldDefinition): ImportLink[] {
  return target === undefined || isReadOnly === true ? [] : [{ key, target }];
}
