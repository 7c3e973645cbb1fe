import { afterAll, beforeAll, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

/** A workspace whose own currency is the dollar, as the seed has it. */
let home: WorkspaceDatabase;
beforeAll(async () => {
  home = await WorkspaceDatabase.open();
  await rate('EUR', 'USD', '2026-01-10', '1.10');
  await rate('EUR', 'USD', '2026-01-20', '1.20');
  await rate('USD', 'EUR', '2026-01-15', '0.8');
  await rate('USD', 'JPY', '2026-01-01', '150');
});
afterAll(() => home[Symbol.asyncDispose]());

function rate(from: string, to: string, day: string, value: string, settings = {}): Promise<unknown> {
  return home.as(
    (tx) =>
      tx.query(
        `INSERT INTO exchange_rates (workspace_id, id, from_currency, to_currency, day, rate)
         VALUES ($1, satchel.exchange_rate_id($1, $2, $3, $4), $2, $3, $4, $5)
         ON CONFLICT (workspace_id, id) DO UPDATE SET rate = excluded.rate`,
        [home.workspace, from, to, day, value],
      ),
    settings,
  );
}

async function converted(amount: string, from: string, to: string, day: string): Promise<string | null> {
  const { rows } = await home.as((tx) =>
    tx.query<{ amount: string | null }>('SELECT satchel.convert_amount($1, $2, $3, $4) AS amount', [
      amount,
      from,
      to,
      day,
    ]),
  );
  return rows[0]?.amount ?? null;
}

test.each([
  ['the day of a rate', 'EUR', 'USD', '2026-01-10', '110.0000'],
  ['a day after it', 'EUR', 'USD', '2026-01-14', '110.0000'],
  ['a later rate of the opposite pair', 'EUR', 'USD', '2026-01-16', '125.0000'],
  ['a later rate of its own again', 'EUR', 'USD', '2026-02-01', '120.0000'],
  ['the opposite pair', 'USD', 'EUR', '2026-01-16', '80.0000'],
  ['the currency of the workspace between two others', 'EUR', 'JPY', '2026-01-12', '16500.0000'],
  ['the same way back', 'JPY', 'EUR', '2026-01-16', '0.5333'],
  ['one currency alone', 'CHF', 'CHF', '2000-01-01', '100.0000'],
  ['a day before the first rate', 'EUR', 'USD', '2026-01-09', null],
  ['a currency without rates', 'CHF', 'USD', '2026-01-16', null],
])('an amount is converted by %s', async (_, from, to, day, expected) => {
  expect(await converted('100', from, to, day)).toBe(expected);
});

test('a rate of a pair and a day is one row, whoever writes it, and its history tells of the change', async () => {
  await rate('GBP', 'USD', '2026-03-01', '1.3');
  await rate('GBP', 'USD', '2026-03-01', '1.4');
  expect(await converted('10', 'GBP', 'USD', '2026-03-02')).toBe('14.0000');
  const { rows } = await home.as((tx) =>
    tx.query(
      `SELECT operation::text, field, old_value, new_value FROM field_history
       WHERE record_id = satchel.exchange_rate_id($1, 'GBP', 'USD', '2026-03-01') ORDER BY seq`,
      [home.workspace],
    ),
  );
  expect(rows).toEqual([
    { operation: 'insert', field: null, old_value: null, new_value: null },
    { operation: 'update', field: 'rate', old_value: 1.3, new_value: 1.4 },
  ]);
});

test('rates are written by those who set the workspace up', async () => {
  const rep = await home.addPerson('Sales Representative');
  await expect(rate('CHF', 'USD', '2026-01-01', '1.1', { 'satchel.user_id': rep })).rejects.toThrow(
    /row-level security/u,
  );
});
