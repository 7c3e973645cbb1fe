import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { buildTemplate } from '#db/template/build.ts';
import { openTestEngine } from '../support/engine.ts';
import { fastDirectory } from './fast-directory.ts';
import { anyMoment, factor, faultLimit } from './fault-plan.ts';
import { growingMigrations, rowsPerMigration } from './growing-migrations.ts';
import { runAndKill } from './killed-process.ts';
import { type LedgerState, ledgerMigrations } from './ledger.ts';

// At least 200 kills in all; `npm run test:faults:long` multiplies them.
const root = fastDirectory('satchel-kill-');
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.concurrent(
  'killed while writing, nothing acknowledged is lost and nothing is half done',
  async () => {
    const template = await buildTemplate(ledgerMigrations);
    const dataDir = join(root, 'writes');
    const acknowledged = new Set<number>();
    let kills = 0;
    const check = (found: LedgerState) => {
      expect(found.faults, `after ${kills} kills`).toEqual([]);
      const present = new Set(found.ids);
      expect(
        [...acknowledged].filter((id) => !present.has(id)),
        `lost after ${kills} kills`,
      ).toEqual([]);
    };
    while (kills < 80 * factor) {
      const run = await runAndKill({
        script: 'write',
        args: [dataDir, template],
        killAfter: anyMoment(200),
        // Nothing is owed by a process that was killed before its first entry, so few are.
        from: kills % 8 === 0 ? 'found' : 'saved',
      });
      expect(run.errors).toBe('');
      expect(run.wasKilled).toBe(true);
      kills += 1;
      for (const message of run.said) {
        if ('found' in message) check(message['found'] as LedgerState);
        if (typeof message['saved'] === 'number') acknowledged.add(message['saved']);
      }
    }
    const last = await runAndKill({ script: 'first-start', args: [dataDir, template] });
    check(last.said[0]?.['found'] as LedgerState);
    expect(acknowledged.size).toBeGreaterThan(kills / 2);
  },
  faultLimit,
);

test.concurrent(
  'killed while migrating, each migration is whole or absent',
  async () => {
    const template = await buildTemplate([]);
    const migrations = growingMigrations();
    let kills = 0;
    for (let pass = 0; kills < 55 * factor; pass += 1) {
      const dataDir = join(root, `migrations-${pass}`);
      let isComplete = false;
      while (!isComplete && kills < 55 * factor) {
        const run = await runAndKill({
          script: 'migrate',
          args: [dataDir, template],
          killAfter: 400 + anyMoment(1_500),
        });
        expect(run.errors).toBe('');
        if (run.wasKilled) kills += 1;
        isComplete = run.said.some((message) => message['applied'] === migrations.length);
      }
      const { engine } = await openTestEngine({ dataDir, migrations: growingMigrations(), template });
      await engine.transaction({ as: 'system' }, async (tx) => {
        for (const { number } of migrations) {
          const [step] = await tx.query<{ count: number }>(
            `SELECT count(*)::int AS count FROM step_${number}`,
          );
          expect(step?.count).toBe(rowsPerMigration);
        }
      });
      await engine.close();
      rmSync(dataDir, { recursive: true });
    }
  },
  faultLimit,
);

test.concurrent.each([
  ['from the template', true, 55, 900],
  // initdb takes longer, and is what a first start without a template does.
  ['without a template', false, 12, 3_000],
])(
  'killed during the first start %s, the next start makes a whole directory',
  async (_name, hasTemplate, leastKills, longest) => {
    const template = hasTemplate ? [await buildTemplate(ledgerMigrations)] : [];
    let kills = 0;
    for (let pass = 0; kills < leastKills * factor; pass += 1) {
      const dataDir = join(root, `first-${hasTemplate}-${pass}`);
      for (let attempt = 0; attempt < 6; attempt += 1) {
        const run = await runAndKill({
          script: 'first-start',
          args: [dataDir, ...template],
          killAfter: 100 + anyMoment(longest),
        });
        expect(run.errors).toBe('');
        if (run.wasKilled) kills += 1;
      }
      const whole = await runAndKill({ script: 'first-start', args: [dataDir, ...template] });
      expect(whole.errors).toBe('');
      expect(whole.said).toEqual([{ found: { ids: [], faults: [] } }, { closed: true }]);
      expect(readdirSync(dataDir).filter((name) => name.startsWith('pg.'))).toEqual([]);
      rmSync(dataDir, { recursive: true });
    }
  },
  faultLimit,
);
