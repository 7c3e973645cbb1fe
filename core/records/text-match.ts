import { type SQL, sql } from '#db/sql.ts';
import { fold } from '#shared/text/fold.ts';

/**
 * A text as a LIKE pattern that matches what compares equal to it: `\`, `%` and `_` lose their meaning, after folding, since
 * that turns a few characters (such as the full-width `％`) into ones that LIKE would take for wildcards.
 */
function literal(text: string): string {
  return fold(text).replaceAll(/[\\%_]/g, String.raw`\$&`);
}

/** The folded form of a text whose folded form is not stored. */
export function foldedText(value: SQL): SQL {
  return sql`satchel.fold(${value})`;
}

/**
 * Folded text that contains the given one.
 * @param folded an expression that holds folded text (see the SQL function `satchel.fold`)
 */
export function foldedContains(folded: SQL, text: string): SQL {
  return sql`${folded} LIKE ${`%${literal(text)}%`}`;
}

/** Folded text in which the given one begins a word. */
export function foldedWordStarts(folded: SQL, text: string): SQL {
  return sql`(${foldedStartsWith(folded, text)} OR ${folded} LIKE ${`% ${literal(text)}%`})`;
}

export function foldedStartsWith(folded: SQL, text: string): SQL {
  return sql`${folded} LIKE ${`${literal(text)}%`}`;
}

/**
 * The same as `foldedStartsWith`, as a range of an index on the folded text. A pattern has to be known to the planner to
 * become a range; here any text will do, so that the plan can be kept. The bound is the last character there is.
 */
export function foldedPrefixRange(folded: SQL, text: string): SQL {
  const prefix = fold(text);
  return sql`${folded} >= ${prefix} AND ${folded} < ${`${prefix}\u{10ffff}`}`;
}
