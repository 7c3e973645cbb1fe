import { classOf, type FoldTable } from './fold-table.ts';

type Pairs = readonly (readonly [string, string])[];

const codeOf = (character: string): number => character.codePointAt(0) ?? 0;
const from = (pairs: Pairs): string => pairs.map(([one]) => one).join('');
const to = (pairs: Pairs): string => pairs.map(([, other]) => other).join('');

/** Letters and digits as they are; by its number what could not be read in a source. */
function readable(character: string, escape: (code: number) => string): string {
  return /[\p{L}\p{Nd}]/u.test(character) && character <= '\uffff' ? character : escape(codeOf(character));
}

function inTypeScript(text: string): string {
  return `'${Array.from(text)
    .map((one) => readable(one, (code) => `\\u{${code.toString(16)}}`))
    .join('')}'`;
}

const patternInTypeScript = (pattern: string): string => `'${pattern.replaceAll('\\', '\\\\')}'`;

/** The table as a module, `shared/text/fold-table.ts`. */
export function foldModule(table: FoldTable): string {
  const list = (pairs: Pairs) =>
    pairs.map(([one, other]) => `  [${inTypeScript(one)}, ${inTypeScript(other)}],\n`).join('');
  return `// Made by db/text/build.ts from Unicode ${table.unicode}; what is decided stands in db/text/fold-table.ts.

/** A class of characters that are left out. */
export const invisible =
  ${patternInTypeScript(table.invisible)};

/** What is replaced before a text is taken apart. */
export const newcomers: readonly (readonly [string, string])[] = [
${list(table.newcomers)}];

/** Letters that are others with a mark. */
export const whole =
  ${patternInTypeScript(table.whole)};

/** A class of the marks that are left out elsewhere. */
export const optional =
  ${patternInTypeScript(table.optional)};

/** Characters, in the order of those that they become. */
export const letters =
  ${inTypeScript(from(table.letters))};
export const letterForms =
  ${inTypeScript(to(table.letters))};

/** Letters that become several. */
export const spelled: readonly (readonly [string, string])[] = [
${list(table.spelled)}];
`;
}

const numbered = (code: number): string => {
  const digits = code.toString(16);
  return code > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
};

/** A literal over several lines, so that a change of it can be read. */
function literal(parts: readonly string[], prefix = ''): string {
  const lines = [''];
  for (const part of parts) {
    if ((lines.at(-1) ?? '').length + part.length > 100) lines.push('');
    lines[lines.length - 1] += part;
  }
  return lines.map((line, index) => `${index === 0 ? prefix : ''}'${line}'`).join('\n        ');
}

/** A pattern in the words of PostgreSQL. */
function pattern(source: string): string {
  const parts = source.match(/\\u\{[0-9a-f]+\}|./gu) ?? [];
  return literal(
    parts.map((part) => (part.length > 1 ? numbered(Number.parseInt(part.slice(3, -1), 16)) : part)),
  );
}

function text(value: string): string {
  return literal(
    Array.from(value).map((one) =>
      one === "'" ? "''" : one >= ' ' && one <= '~' && one !== '\\' ? one : readable(one, numbered),
    ),
    'E',
  );
}

const replaced = (pairs: Pairs, indent: string): string =>
  pairs.map(([one, other]) => `${indent}folded := replace(folded, ${text(one)}, ${text(other)});\n`).join('');

/** The table as functions of the database. */
export function foldFunctions(table: FoldTable, version: number): string {
  // Letters that are spelled alike become one of them, the small one, so that each is spelled out once.
  const small = table.spelled.filter(([letter]) => letter === letter.toLowerCase());
  const spellings = new Map(small.map(([letter, spelling]) => [spelling, letter]));
  const letters: Pairs = [
    ...table.letters.filter(([one]) => one < ' ' || one > '~'),
    ...table.spelled.map(([letter, spelling]) => [letter, spellings.get(spelling) ?? letter] as const),
  ];
  const isSingle = ([, other]: readonly [string, string]) => Array.from(other).length === 1;
  const single = table.newcomers.filter(isSingle);
  const compound = table.newcomers.filter((pair) => !isSingle(pair));
  const spelled = [...spellings].map(([spelling, letter]) => [letter, spelling] as const);
  return `
-- The version of the rule below: keys that another made are made anew.
CREATE FUNCTION satchel.fold_version() RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ${version};

-- A text that is not plain ASCII, as it is compared. It depends on no locale, and of Unicode on nothing in which versions
-- differ: see db/text/fold-table.ts.
CREATE FUNCTION satchel.fold_unicode(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
  folded text COLLATE "C" := value;
  replaced text COLLATE "C";
BEGIN
  IF folded ~ ${pattern(`[${table.invisible}${classOf(from(table.newcomers))}]`)} THEN
    folded := regexp_replace(folded, ${pattern(`[${table.invisible}]+`)}, '', 'g');
    folded := translate(folded,
        ${text(from(single))},
        ${text(to(single))});
${replaced(compound, '    ')}  END IF;
  -- An acute accent by itself is typed for an apostrophe.
  folded := replace(normalize(folded, NFKD), E' \\u0301', '''');
  IF folded ~ '^[ -~\\u0300-\\u0337\\u0339-\\u036f]*$' THEN
    folded := lower(regexp_replace(folded, '[\\u0300-\\u036f]+', '', 'g'));
  ELSE
    folded := lower(folded);
    IF folded ~ ${pattern(`[${table.optional}]`)} THEN
      folded := regexp_replace(folded, ${pattern(`(${table.whole})|[${table.optional}]`)}, '\\1', 'g');
    END IF;
    -- A long list is gone through for the few characters that are in it, not for each of the text.
    replaced := regexp_replace(folded, ${pattern(`[^${classOf(from(letters))}]+`)}, '', 'g');
    IF replaced <> '' THEN
      folded := translate(folded, replaced, translate(replaced,
        ${text(from(letters))},
        ${text(to(letters))}));
${replaced(spelled, '      ')}    END IF;
    folded := normalize(folded, NFC);
  END IF;
  IF strpos(folded, '  ') > 0 THEN
    folded := regexp_replace(folded, ' +', ' ', 'g');
  END IF;
  RETURN btrim(folded);
END
$$;

-- A text as it is compared wherever two are: shared/text/fold.ts gives the same. Written to become part of each expression
-- that calls it, so that plain ASCII calls no function of ours.
CREATE FUNCTION satchel.fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
  WHEN value COLLATE "C" !~ '^[ -~]*$' THEN satchel.fold_unicode(value)
  WHEN strpos(value, '  ') > 0 THEN btrim(regexp_replace(lower(value COLLATE "C"), ' +', ' ', 'g'))
  ELSE btrim(lower(value COLLATE "C"))
END;

`;
}
