/**
 * A piece of SQL with its parameters; pieces nest. `strings` has one text more than `values`: what stands before, between
 * and after them.
 */
export class SQL {
  readonly #strings: readonly string[];
  readonly values: readonly unknown[];

  constructor(strings: readonly string[], values: readonly unknown[]) {
    this.#strings = strings;
    this.values = values;
  }

  /** The text with its parameters numbered from `$1`. */
  get text(): string {
    return this.#strings.reduce((text, next, index) => `${text}$${index}${next}`);
  }

  /** Texts and values strung together, nested pieces with their own. */
  static of(texts: readonly string[], parts: readonly unknown[]): SQL {
    const strings = [texts[0] ?? ''];
    const values: unknown[] = [];
    const append = (text: string) => {
      strings[strings.length - 1] += text;
    };
    for (const [index, part] of parts.entries()) {
      if (part instanceof SQL) {
        append(part.#strings[0] ?? '');
        strings.push(...part.#strings.slice(1));
        values.push(...part.values);
      } else if (part !== undefined) {
        values.push(part);
        strings.push('');
      }
      append(texts[index + 1] ?? '');
    }
    return new SQL(strings, values);
  }
}

/**
 * Queries are composed with this template: what stands in `${}` becomes a parameter, an array included, unless it is
 * itself a piece of SQL; `undefined` is left out, for a piece that is not always there. Names of columns and tables come
 * from our own definitions through `sql.identifier`, never from input.
 *
 * Not Drizzle's template, which does the same: its hundred modules made up a quarter of the time to load the
 * application, at every start.
 */
export const sql = Object.assign(
  (texts: TemplateStringsArray, ...parts: readonly unknown[]): SQL => SQL.of(texts, parts),
  {
    /** The name in double quotes. */
    identifier: (name: string): SQL => new SQL([`"${name.replaceAll('"', '""')}"`], []),
    /** Text that is SQL already; never input. */
    raw: (text: string): SQL => new SQL([text], []),
    /** Nothing at all where there are no pieces. */
    join: (pieces: readonly SQL[], separator: SQL): SQL => {
      const parts = pieces.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece]));
      return SQL.of(
        parts.map(() => ''),
        parts,
      );
    },
  },
);
