import { type AnyPgColumn, foreignKey, type UpdateDeleteAction } from 'drizzle-orm/pg-core';

export type ReferenceColumns = [AnyPgColumn, ...AnyPgColumn[]];

interface Reference {
  readonly name: string;
  readonly columns: ReferenceColumns;
  /** Asked when the table is complete, so that tables may point at each other. */
  readonly to: () => ReferenceColumns;
  readonly onDelete?: UpdateDeleteAction;
}

/** A foreign key of several columns, the workspace first. */
export function reference({ name, columns, to, onDelete }: Reference) {
  const built = foreignKey({
    name,
    columns,
    get foreignColumns() {
      return to();
    },
  });
  if (onDelete) built.onDelete(onDelete);
  return built;
}
