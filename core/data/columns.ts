import { fieldsOf, objectNames } from '#shared/objects/objects.ts';

const enumTypes = new Set(
  objectNames.flatMap((name) =>
    fieldsOf(name).flatMap(({ type, sqlType }) => (type === 'select' ? [sqlType] : [])),
  ),
);

/** Whether a column's type is an enum of ours: its values are words, and are cast from text one by one. */
export function isEnumType(sqlType: string): boolean {
  return enumTypes.has(sqlType);
}
