import type { ViewDefinition } from '#shared/contract/views.ts';
import { fieldsOf, type ObjectName } from '#shared/objects/objects.ts';
import { isRightAligned } from '../fields/field-value.tsx';
import type { DisplayField } from '../fields/fields.ts';

/** The columns that an object's list shows until the person chooses others. */
export function defaultDefinition(object: ObjectName): ViewDefinition {
  return {
    columns: fieldsOf(object)
      .filter(({ isDefaultColumn }) => isDefaultColumn)
      .map(({ key }) => ({ field: key })),
    sort: [],
    layout: 'list',
  };
}

export const narrowestColumn = 64;
export const widestColumn = 800;

const widthsOfTypes: Partial<Record<DisplayField['type'], number>> = {
  integer: 96,
  number: 112,
  money: 128,
  percent: 104,
  date: 120,
  datetime: 120,
  boolean: 80,
  select: 152,
  email: 216,
  phone: 168,
  reference: 160,
  long_text: 280,
};

/** Chosen so that each object's own columns fit a window of 1440 pixels without scrolling sideways. */
const widthsOfFields: Readonly<Record<string, number>> = {
  jobTitle: 160,
  lifecycleStage: 112,
  industry: 136,
  addressCity: 112,
  addressCountry: 128,
  ownerId: 152,
};
const widthsOfNames: Readonly<Record<ObjectName, number>> = {
  accounts: 232,
  contacts: 184,
  opportunities: 280,
  products: 296,
};

/** Pixels of a column until a person makes it wider or narrower. */
export function usualWidth(object: ObjectName, { key, type }: DisplayField): number {
  return key === 'name' ? widthsOfNames[object] : (widthsOfFields[key] ?? widthsOfTypes[type] ?? 144);
}

export interface ListColumn {
  readonly field: DisplayField;
  readonly width: number;
  readonly isChosenWidth: boolean;
}

/** How much narrower than usual a column may be so that a list needs no scrolling sideways. */
const narrowing = 0.88;

/** What a column shrinks to where all do not quite fit. A width that a person chose stays, and no number is cut short. */
export function leastWidth({ field, width, isChosenWidth }: ListColumn): number {
  return isChosenWidth || isRightAligned(field) ? width : Math.round(width * narrowing);
}

/** A column as a view keeps it. */
export function keptColumn({ field, width, isChosenWidth }: ListColumn): ViewDefinition['columns'][number] {
  return isChosenWidth ? { field: field.key, width } : { field: field.key };
}

/** The columns to show: those of the definition that still exist, and always the name first. */
export function columnsOf(
  object: ObjectName,
  definition: ViewDefinition,
  fields: readonly DisplayField[],
): ListColumn[] {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const name = definition.columns.find(({ field }) => field === 'name') ?? { field: 'name' };
  return [name, ...definition.columns.filter(({ field }) => field !== 'name')].flatMap((column) => {
    const field = byKey.get(column.field);
    if (!field) return [];
    const { width } = column;
    return [{ field, width: width ?? usualWidth(object, field), isChosenWidth: width !== undefined }];
  });
}
