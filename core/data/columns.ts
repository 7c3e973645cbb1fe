import { definitionOf, objectNames } from '#shared/objects/objects.ts';

const enumTypes = new Set(
  objectNames.flatMap((name) => {
    const { fieldList, children } = definitionOf(name);
    const fields = [fieldList, ...Object.values(children).map((child) => child.fieldList)].flat();
    return fields.flatMap(({ type, sqlType }) => (type === 'select' ? [sqlType] : []));
  }),
);

/** Whether a column's type is an enum of ours: its values are words, and are cast from text one by one. */
export function isEnumType(sqlType: string): boolean {
  return enumTypes.has(sqlType);
}
