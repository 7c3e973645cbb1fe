import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import * as fc from '#tests/support/property.ts';
import type { SqlValue } from './types.ts';

let fixture: TestEngine;
beforeAll(async () => {
  fixture = await openTestEngine();
});
afterAll(() => fixture.close());

/** Stores the values of one type in a table and reads them back. */
async function throughTable(type: string, values: readonly SqlValue[]): Promise<unknown[]> {
  return fixture.engine.transaction({ as: 'system' }, async (tx) => {
    await tx.script(`CREATE TEMPORARY TABLE held (n int, value ${type}) ON COMMIT DROP`);
    for (const [n, value] of values.entries())
      await tx.execute('INSERT INTO held VALUES ($1, $2)', [n, value]);
    const rows = await tx.query<{ value: unknown }>('SELECT value FROM held ORDER BY n');
    return rows.map((row) => row.value);
  });
}

const some = <T extends SqlValue>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: 1, maxLength: 12 });
const storable = (text: string) => text.isWellFormed() && !text.includes('\0');
const text = fc.string({ unit: 'binary', maxLength: 60 }).filter(storable);
const int8 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const pad = (value: number, digits: number) => String(value).padStart(digits, '0');
const date = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((value) => value.toISOString().slice(0, 10));
const time = fc
  .tuple(date, fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 999_999 }))
  .map(([day, second, micro]) => {
    const [hours, minutes, seconds] = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
    return `${day}T${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(micro, 6)}Z`;
  });
const odd = fc.constantFrom(
  'infinity',
  '-infinity',
  '0044-03-15T12:00:00.000001Z BC',
  '12345-01-01T00:00:00.000000Z',
);
const json = fc
  .dictionary(
    text,
    fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null), fc.array(text, { maxLength: 3 })),
  )
  .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);

const cases: [string, fc.Arbitrary<SqlValue[]>][] = [
  ['bigint', some(int8)],
  ['integer', some(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))],
  ['double precision', some(fc.double({ noNaN: true }).map((value) => (value === 0 ? 0 : value)))],
  [
    'numeric',
    some(
      fc.tuple(int8, fc.integer({ min: 1, max: 9_999 })).map(([whole, part]) => `${whole}.${pad(part, 4)}`),
    ),
  ],
  ['boolean', some(fc.boolean())],
  ['text', some(text)],
  ['uuid', some(fc.uuid())],
  ['date', some(fc.oneof(date, fc.constantFrom('infinity', '-infinity', '0044-03-15 BC')))],
  ['timestamptz', some(fc.oneof(time, odd))],
  ['jsonb', some(json)],
  ['bytea', some(fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)))],
  ['text[]', some(fc.array(fc.oneof(text, fc.constant(null)), { maxLength: 6 }))],
  ['bigint[]', some(fc.array(int8, { maxLength: 6 }))],
  ['uuid[]', some(fc.array(fc.uuid(), { maxLength: 4 }))],
  ['timestamptz[]', some(fc.array(time, { maxLength: 4 }))],
  [
    'vector(3)',
    some(
      fc.array(
        fc
          .float({ noNaN: true, noDefaultInfinity: true, min: -1, max: 1 })
          .map((value) => (Math.abs(value) < 1e-6 ? 0 : value)),
        { minLength: 3, maxLength: 3 },
      ),
    ),
  ],
];

test.each(cases)('%s comes back as it went in', async (type, values) => {
  await fc.assert(
    fc.asyncProperty(values, async (given) => {
      const found = await throughTable(type, given);
      expect(type.startsWith('vector') ? found.map(single) : found).toEqual(
        type.startsWith('vector') ? given.map(single) : given,
      );
    }),
    { numRuns: 40 },
  );
});

/** As 32-bit floats, which is what a vector keeps; PostgreSQL prints the shortest text that means the same float. */
const single = (value: unknown) => [...new Float32Array(value as number[])];

test('text with half of a character is refused, not changed', async () => {
  await expect(throughTable('text', ['broken \ud800'])).rejects.toMatchObject({ code: 'invalid' });
  await expect(throughTable('text', ['broken \0'])).rejects.toMatchObject({ code: 'invalid' });
});

test('times compare as texts', () => {
  fc.assert(
    fc.property(time, time, (a, b) => {
      const micros = (value: string) =>
        BigInt(Date.parse(`${value.slice(0, 19)}Z`)) * 1000n + BigInt(value.slice(20, 26));
      expect(a < b).toBe(micros(a) < micros(b));
    }),
  );
});
