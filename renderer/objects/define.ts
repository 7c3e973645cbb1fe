import type { LucideIcon } from 'lucide-react';
import { type ComponentType, createContext, useContext } from 'react';
import type { FilterCondition, ListScope } from '#shared/contract/list.ts';
import type { ViewDefinition } from '#shared/contract/views.ts';
import type { ReferenceKey } from '#shared/objects/define.ts';
import type { ChangesOf, ObjectName, objects } from '#shared/objects/objects.ts';
import type { AnyRecord } from '../client/record-client.ts';

type FieldsOf<Name extends ObjectName> = (typeof objects)[Name]['fields'];
type FieldKey<Name extends ObjectName> = keyof FieldsOf<Name> & string;
/** References to records that have pages. */
type ReferenceKeyOf<Name extends ObjectName, Target extends ObjectName = ObjectName> = ReferenceKey<
  FieldsOf<Name>,
  Target
>;

/** A field of a closed set of values, as a form offers it. */
export interface OfferedOptions {
  readonly options?: readonly string[];
  /** Options that are not offered any more. */
  readonly hiddenOptions?: readonly string[];
}

/** What a field of a new record starts with, or how that follows from the options that its form offers. */
type StartValue<Value> = Value | ((field: OfferedOptions) => Value | null);

/** The first option that a form offers. Which ones there are is the workspace's choice, so that the type cannot tell. */
export function firstOffered<Value extends string>({ options, hiddenOptions }: OfferedOptions): Value | null {
  const first = options?.find((option) => !hiddenOptions?.includes(option));
  return (first as Value | undefined) ?? null;
}

/** Records of a tab that are looked at apart; its text is `objects.<object>.parts.<name>`. */
export interface TabPart {
  readonly name: string;
  readonly condition: FilterCondition;
}

/** A table of records on the page of a record that they refer to. */
export interface Tab<Key extends string = string> {
  /** Its texts are `objects.<object>.tabs.<name>`. */
  readonly name: string;
  /** Where it stands among the tabs of the page. */
  readonly place: number;
  readonly columns: readonly Key[];
  readonly sort: readonly { readonly field: Key; readonly direction: 'asc' | 'desc' }[];
  /** The first of these shows until the person chooses another. */
  readonly parts?: readonly TabPart[];
  /** Whoever logs an activity on that page is offered a few of these records to link it to. */
  readonly isSuggested?: boolean;
}

/**
 * A tab with records that refer to the same record as this one does, such as the people of an opportunity's account. It
 * looks like the tab that the other object has on the page of that record.
 */
export interface TabThrough {
  /** Its texts are `objects.<this object>.tabs.<name>`. */
  readonly name: string;
  readonly place: number;
  /** The field of this object that names the record in between. */
  readonly through: string;
  readonly object: ObjectName;
  /** The field of the other object that names the same record. */
  readonly field: string;
  /** The field of this object that names one of the records shown. */
  readonly primary: string;
  readonly isSuggested?: boolean;
}

type TabThroughOf<Name extends ObjectName> = {
  [Other in ObjectName]: TabThrough & {
    readonly through: ReferenceKeyOf<Name>;
    readonly object: Other;
    readonly field: ReferenceKeyOf<Other>;
    readonly primary: ReferenceKeyOf<Name, Other>;
  };
}[ObjectName];

/** A way to show the records of a list other than as rows; its text is `objects.<object>.layouts.<name>`. */
export interface Layout {
  readonly name: Exclude<ViewDefinition['layout'], 'list'>;
  readonly icon: LucideIcon;
  readonly view: ComponentType<{ readonly scope: ListScope; readonly canEdit: boolean }>;
}

/** What the interface knows of one object beside its definition, without the literal types of its fields. */
export interface ScreenObject<Name extends ObjectName = ObjectName> {
  readonly name: Name;
  readonly icon: LucideIcon;
  /** The keys that lead to its list. */
  readonly shortcut: string;
  /** Things have square avatars, people round ones. */
  readonly isSquare: boolean;
  /** Pixels of the title's column in a list of it. */
  readonly titleWidth: number;
  /** Pixels of columns that are not as wide as those of their type usually are. */
  readonly widths: Readonly<Record<string, number>>;
  /** What is asked of a new one before "More fields": enough to recognise it again. Required fields come by themselves. */
  readonly firstFields: readonly string[];
  readonly startValues: Readonly<Record<string, unknown>>;
  /** What matters on its page before anything else is read. */
  readonly facts: readonly string[];
  readonly trashColumns: readonly string[];
  /** Its tabs on the pages of the records that it refers to, by the field that does. */
  readonly shownOn: Readonly<Record<string, Tab>>;
  readonly tabsThrough: readonly TabThrough[];
  /** References whose records are offered when an activity is logged on its page. */
  readonly suggestedLinks: readonly string[];
  readonly layouts: readonly Layout[];
  /** Stands below the facts on its page. */
  readonly header: ComponentType<{ readonly record: AnyRecord; readonly canEdit: boolean }> | null;
}

interface Given<Name extends ObjectName>
  extends Pick<ScreenObject<Name>, 'name' | 'icon' | 'shortcut' | 'isSquare' | 'titleWidth'> {
  readonly widths?: { readonly [Key in FieldKey<Name>]?: number };
  readonly firstFields: readonly (keyof ChangesOf<Name> & FieldKey<Name>)[];
  readonly startValues?: {
    readonly [Key in keyof ChangesOf<Name> & FieldKey<Name>]?: StartValue<ChangesOf<Name>[Key]>;
  };
  readonly facts: readonly FieldKey<Name>[];
  readonly trashColumns: readonly FieldKey<Name>[];
  readonly shownOn?: { readonly [Key in ReferenceKeyOf<Name>]?: Tab<FieldKey<Name>> };
  readonly tabsThrough?: readonly TabThroughOf<Name>[];
  readonly suggestedLinks?: readonly ReferenceKeyOf<Name>[];
  readonly layouts?: readonly Layout[];
  readonly header?: NonNullable<ScreenObject['header']>;
}

/** Says how an object looks; everything that has a default may be left out. */
export function screenObject<const Name extends ObjectName>(given: Given<Name>): ScreenObject<Name> {
  // `Given` checks the names of fields, which are texts for whatever treats all objects alike.
  const checked = given as Given<Name> & Partial<ScreenObject<Name>>;
  return {
    widths: {},
    startValues: {},
    shownOn: {},
    tabsThrough: [],
    suggestedLinks: [],
    layouts: [],
    header: null,
    ...checked,
  };
}

/** Every object's looks. The catalogue is made above the screens, which it names, and handed down to them. */
export type ScreenObjects = { readonly [Name in ObjectName]: ScreenObject<Name> };

export const ScreenObjectsContext = createContext<ScreenObjects | null>(null);

export function useScreenObjects(): ScreenObjects {
  const screens = useContext(ScreenObjectsContext);
  if (!screens) throw new Error('useScreenObjects needs the catalogue above it.');
  return screens;
}

export function useScreenObject(name: ObjectName): ScreenObject {
  return useScreenObjects()[name];
}
