import { type ParserOptions, type PGlite, type SerializerOptions, types } from '@electric-sql/pglite';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';

/**
 * The one place that says how PostgreSQL's values look in TypeScript; `SqlValue` is the type.
 *
 * - `int8` is a bigint, always. `numeric` is decimal text.
 * - `timestamptz` is `2026-01-31T12:00:00.000000Z`, always with six digits, so that texts compare as times do (within
 *   the years 0 to 9999). `infinity` and `-infinity` keep their names, years before Christ end in ` BC`; both can be
 *   passed back as they are. `date` and `timestamp` follow the same rules without the zone.
 * - `jsonb` comes out parsed. Going in, a string is JSON text already and is passed as it is; any other value is encoded.
 * - `bytea` is a Uint8Array, `vector` and `halfvec` are arrays of numbers.
 */
export const parsers: ParserOptions = {
  [types.INT8]: (text) => BigInt(text),
  [types.DATE]: (text) => text,
  [types.TIMESTAMP]: (text) => isoTime(text, ''),
  [types.TIMESTAMPTZ]: (text) => isoTime(text, 'Z'),
  [types.BYTEA]: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
};

const plainText = (value: unknown): string => wellFormed(String(value));

export const serializers: SerializerOptions = {
  [types.TEXT]: plainText,
  [types.VARCHAR]: plainText,
  [types.BPCHAR]: plainText,
  [types.INT8]: plainText,
  [types.DATE]: plainText,
  [types.TIMESTAMP]: plainText,
  [types.TIMESTAMPTZ]: plainText,
  [types.JSON]: jsonText,
  [types.JSONB]: jsonText,
  [types.BYTEA]: (value: unknown) => {
    if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
    throw new SatchelError('internal', say`A bytea parameter must be a Uint8Array.`);
  },
};

/** Array types, enums and extension types get their numbers when they are created, so they are looked up. */
export async function registerDatabaseTypes(pg: PGlite): Promise<void> {
  const { rows } = await pg.query<{ oid: number; typname: string }>(
    "SELECT oid, typname FROM pg_type WHERE typname IN ('vector', 'halfvec')",
  );
  for (const { oid } of rows) {
    pg.parsers[oid] = (text: string): unknown => JSON.parse(text);
    pg.serializers[oid] = (value: unknown) => (Array.isArray(value) ? JSON.stringify(value) : String(value));
  }
  await pg.refreshArrayTypes();
}

const fullTime = '2026-01-31 12:00:00.123456+00';
const infinite = /infinity$/;
const postgresTime = /^(\d+-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?(?:[+-]00)?( BC)?$/;

/** `2026-01-31 12:00:00.5+00` as `2026-01-31T12:00:00.500000Z`. The session's zone is always UTC. */
function isoTime(text: string, zone: string): string {
  // What nearly every time looks like needs no reading: the cut stands where it always does.
  if (text.length === fullTime.length && text[19] === '.' && text.endsWith('+00')) {
    return `${text.slice(0, 10)}T${text.slice(11, 26)}${zone}`;
  }
  if (infinite.test(text)) return text;
  const [, date, time, fraction = '', era = ''] = postgresTime.exec(text) ?? [];
  if (!date || !time)
    throw new SatchelError('internal', say`The database gave a time in an unknown form: ${text}`);
  return `${date}T${time}.${fraction.padEnd(6, '0')}${zone}${era}`;
}

function jsonText(value: unknown): string {
  if (typeof value === 'string') return wellFormed(value);
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
}

/** UTF-8 has no lone surrogates; encoding one would silently store another character. */
function wellFormed(text: string): string {
  if (text.isWellFormed()) return text;
  throw new SatchelError(
    'invalid',
    say`The text holds half of a character (a lone surrogate) and cannot be stored.`,
  );
}
