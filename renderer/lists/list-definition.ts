import type { ViewDefinition } from '#shared/contract/workspace.ts';
import { fieldsOf, type ObjectName } from '#shared/objects/objects.ts';
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

const usualWidths: Partial<Record<DisplayField['type'], number>> = {
  integer: 104,
  number: 112,
  money: 128,
  percent: 104,
  date: 112,
  datetime: 112,
  boolean: 80,
  select: 152,
  email: 220,
  reference: 168,
  long_text: 280,
};

function usualWidth(field: DisplayField): number {
  return field.key === 'name' ? 240 : (usualWidths[field.type] ?? 152);
}

export interface ListColumn {
  readonly field: DisplayField;
  readonly width: number;
}

/** The columns to show: those of the definition that still exist, and always the name first. */
export function columnsOf(definition: ViewDefinition, fields: readonly DisplayField[]): ListColumn[] {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const name = definition.columns.find(({ field }) => field === 'name') ?? { field: 'name' };
  return [name, ...definition.columns.filter(({ field }) => field !== 'name')].flatMap((column) => {
    const field = byKey.get(column.field);
    return field ? [{ field, width: column.width ?? usualWidth(field) }] : [];
  });
}
