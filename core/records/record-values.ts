import type { SQL } from '#db/sql.ts';

/** Values of a record's properties as the contract's input schema gives them; what is left out is not touched. */
export type RecordValues = Readonly<Record<string, unknown>>;

/** A column and the expression that it is given; in an update the row is `r`. */
export interface Assignment {
  readonly column: string;
  readonly value: SQL;
}
