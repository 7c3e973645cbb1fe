import { type SQL, sql } from '#db/sql.ts';

/** A text as a LIKE pattern that matches it literally: `\`, `%` and `_` lose their meaning. */
function literal(text: SQL): SQL {
  return sql`replace(replace(replace(${text}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;
}

/**
 * Folded text that contains the given one. Folding happens before escaping, since it turns a few characters (such as
 * the full-width `％`) into ones that LIKE would take for wildcards.
 * @param folded an expression that holds folded text (see the SQL function `satchel.fold`)
 */
export function foldedContains(folded: SQL, text: string): SQL {
  return sql`${folded} LIKE '%' || ${literal(sql`satchel.fold(${text}::text)`)} || '%'`;
}

/** Folded text in which the given one begins a word. */
export function foldedWordStarts(folded: SQL, text: string): SQL {
  return sql`(${foldedStartsWith(folded, text)} OR ${folded} LIKE '% ' || ${literal(sql`satchel.fold(${text}::text)`)} || '%')`;
}

export function foldedStartsWith(folded: SQL, text: string): SQL {
  return sql`${folded} LIKE ${literal(sql`satchel.fold(${text}::text)`)} || '%'`;
}

/**
 * The same as `foldedStartsWith`, as a range of an index on the folded text. A pattern has to be known to the planner to
 * become a range; here any text will do, so that the plan can be kept. The bound is the last character there is.
 */
export function foldedPrefixRange(folded: SQL, text: string): SQL {
  const prefix = sql`satchel.fold(${text}::text)`;
  return sql`${folded} >= ${prefix} AND ${folded} < ${prefix} || chr(1114111)`;
}

/** Text that contains the given one, whatever the case. */
export function containsText(value: SQL, text: string): SQL {
  return sql`${value} ILIKE '%' || ${literal(sql`${text}::text`)} || '%'`;
}

export function startsWithText(value: SQL, text: string): SQL {
  return sql`${value} ILIKE ${literal(sql`${text}::text`)} || '%'`;
}
