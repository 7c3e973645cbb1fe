import { z } from 'zod';
import { accounts } from './accounts.ts';
import { contacts } from './contacts.ts';
import type { FieldDefinition as AnyFieldDefinition, ObjectDefinition, TargetOf } from './define.ts';
import { leads } from './leads.ts';
import { opportunities } from './opportunities.ts';
import { products } from './products.ts';
import { tasks } from './tasks.ts';

/** Refuses an object under another name than its own, and one that refers to what is not here, in a readable sentence. */
type Catalogue<All> = {
  [Name in keyof All]: All[Name] extends ObjectDefinition<infer Own, string, infer F>
    ? Own extends Name
      ? [TargetOf<F>] extends [keyof All | 'users']
        ? All[Name]
        : `${Own} refers to an object that is not here: ${Exclude<TargetOf<F>, keyof All | 'users'>}`
      : `${Own} stands under another name`
    : never;
};
const catalogue = <const All extends object>(all: All & Catalogue<All>): All => all;

/**
 * The objects that have lists and record pages, in the order of the sidebar. Each name is also its table and its part of
 * the contract.
 */
export const objects = catalogue({ leads, accounts, contacts, opportunities, products, tasks });

export type ObjectName = keyof typeof objects;
/** In their order; there is one at least. */
export const objectNames = Object.keys(objects) as unknown as readonly [ObjectName, ...ObjectName[]];
export const objectNameSchema = z.enum(objectNames);

/** What a field may refer to. Users are no object: they have no list, page or trash. */
export type ReferenceTarget = ObjectName | 'users';

/** Whether a target is an object, with records that have pages, and not users. */
export function isObject(target: ReferenceTarget | undefined): target is ObjectName {
  return target !== undefined && target !== 'users';
}

/** A row of a list. */
export type RecordOf<Name extends ObjectName> = (typeof objects)[Name]['row']['_output'];
/** A whole record, with its children. */
export type WholeOf<Name extends ObjectName> = (typeof objects)[Name]['record']['_output'];
/** What a person sets. */
export type ChangesOf<Name extends ObjectName> = (typeof objects)[Name]['changes']['_output'];

/** A field whose target the catalogue has checked. */
export interface FieldDefinition extends AnyFieldDefinition {
  readonly target?: ReferenceTarget;
}

/** The fields of an object without their literal types, for code that treats all objects alike. */
export function fieldsOf(name: ObjectName): readonly FieldDefinition[] {
  // `catalogue` admits no other target than these.
  return objects[name].fieldList as readonly FieldDefinition[];
}

/** An object without its literal types. */
export function definitionOf(name: ObjectName): ObjectDefinition<ObjectName> {
  return objects[name] as unknown as ObjectDefinition<ObjectName>;
}

/** The objects that activities are linked to. */
export const linkedObjects: readonly ObjectName[] = objectNames.filter((name) => objects[name].hasActivities);
