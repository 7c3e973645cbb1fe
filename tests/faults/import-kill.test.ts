import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { fastDirectory } from './fast-directory.ts';
import { anyMoment, factor, faultLimit } from './fault-plan.ts';
import { runAndKill } from './killed-process.ts';

const kills = Math.ceil(24 * factor);
const rows = 600;
const firms = 20;
const root = fastDirectory('satchel-kill-import-');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const stateSchema = z.object({
  contacts: z.int(),
  accounts: z.int(),
  references: z.int(),
  stubs: z.int(),
  batches: z.array(z.tuple([z.string(), z.string()])),
});
/** A batch is begun with its first slice; before that it is only being prepared. */
const ackSchema = z.object({ batchId: z.string(), done: z.int().positive() });

/** What one process said about the database, in its order. */
function statesOf(said: readonly Record<string, unknown>[], key: 'found' | 'whole' | 'reverted') {
  return said.flatMap((message) => (key in message ? [stateSchema.parse(message[key])] : []));
}

test(
  `killed ${kills} times while importing, resuming and reverting: what was acknowledged is there, and an import is finished, repeated or taken back whole`,
  async () => {
    const template = await buildTemplate(await readMigrations());
    const file = join(root, 'contacts.csv');
    const lines = Array.from(
      { length: rows },
      (_, row) => `${row},First${row},p${row}@x.org,Firm ${row % firms}`,
    );
    writeFileSync(file, ['Record ID,First Name,Email,Company Name', ...lines].join('\n'));
    let acknowledged = new Map<string, number>();
    let wasAcknowledgedWhileKilled = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const recovery = ['revert', 'resume', 'again'][kill % 3] ?? '';
      const { said, errors, wasKilled } = await runAndKill({
        script: 'import',
        args: [join(root, 'data'), template, file, recovery],
        killAfter: anyMoment(150),
        // In the beginning, between slices, and every fourth process while it mends what the one before it left.
        from: ['slice1', 'importing', 'slice2', 'recovering'][kill % 4] ?? '',
      });
      expect(errors).toBe('');
      expect(wasKilled).toBe(true);
      const [found] = statesOf(said, 'found');
      for (const [batchId, done] of acknowledged) {
        expect(
          found?.batches.map(([id]) => id),
          `after ${kill} kills`,
        ).toContain(batchId);
        expect(found?.contacts, `after ${kill} kills`).toBeGreaterThanOrEqual(done);
      }
      for (const whole of statesOf(said, 'whole')) {
        expect(whole, `${recovery} after ${kill} kills`).toMatchObject({ contacts: rows, accounts: firms });
      }
      for (const reverted of statesOf(said, 'reverted')) {
        expect(reverted, `${recovery} after ${kill} kills`).toMatchObject({
          contacts: 0,
          accounts: 0,
          references: 0,
          stubs: 0,
        });
        expect(reverted.batches.filter(([, status]) => status !== 'reverted')).toEqual([]);
      }
      // Only what was acknowledged after the last revert has begun is owed.
      const last = said.findLastIndex((message) => 'importing' in message || 'recovering' in message);
      const isWhole = said.findIndex((message, index) => index > last && 'whole' in message) >= 0;
      acknowledged = new Map();
      if (isWhole || (kill % 4 === 3 && recovery === 'revert')) continue;
      for (const message of said.slice(last)) {
        const ack = ackSchema.safeParse(message).data;
        if (ack) acknowledged.set(ack.batchId, ack.done);
      }
      wasAcknowledgedWhileKilled += acknowledged.size;
    }
    // The kills did fall into imports that were under way.
    expect(wasAcknowledgedWhileKilled).toBeGreaterThan(kills / 8);
  },
  faultLimit,
);
