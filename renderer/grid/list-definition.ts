import type { ViewDefinition } from '#shared/contract/views.ts';
import { definitionOf, fieldsOf, isObject, type ObjectName } from '#shared/objects/objects.ts';
import { isRightAligned } from '../fields/field-value.tsx';
import type { DisplayField } from '../fields/fields.ts';
import type { ScreenObject } from '../objects/define.ts';

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
/** Names of users are shorter than those of most records. */
const widthOfUsers = 152;

/** Pixels of a column until a person makes it wider or narrower. */
export function usualWidth(
  { name, titleWidth, widths }: ScreenObject,
  { key, type, target }: DisplayField,
): number {
  if (key === definitionOf(name).title) return titleWidth;
  const own = widths[key] ?? (type === 'reference' && !isObject(target) ? widthOfUsers : undefined);
  return own ?? widthsOfTypes[type] ?? 144;
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

/** The columns to show: those of the definition that still exist, and always the title first. */
export function columnsOf(
  screen: ScreenObject,
  definition: ViewDefinition,
  fields: readonly DisplayField[],
): ListColumn[] {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const { title } = definitionOf(screen.name);
  const first = definition.columns.find(({ field }) => field === title) ?? { field: title };
  return [first, ...definition.columns.filter(({ field }) => field !== title)].flatMap((column) => {
    const field = byKey.get(column.field);
    if (!field) return [];
    const { width } = column;
    return [{ field, width: width ?? usualWidth(screen, field), isChosenWidth: width !== undefined }];
  });
}
