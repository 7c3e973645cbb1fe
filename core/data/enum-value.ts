import { type SQL, sql } from '#db/sql.ts';

/**
 * Values of an enum type of ours in the text of a statement and not as parameters: which index is good depends on them (of a
 * stage there are many records or few), and a plan that is kept has to know. There are only so many of them.
 */
export function enumValue(type: string, value: string): SQL {
  return sql.raw(`'${word(value)}'::${word(type)}`);
}

export function enumValues(type: string, values: readonly string[]): SQL {
  return sql.raw(`'{${values.map(word).join(',')}}'::${word(type)}[]`);
}

/** What stands in a statement's text is never what somebody typed: see `parseOperands`. */
function word(value: string): string {
  if (/^[a-z_]{1,60}$/.test(value)) return value;
  throw new RangeError(`"${value}" is not a value of an enum type`);
}
