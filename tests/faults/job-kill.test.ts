import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { fastDirectory } from './fast-directory.ts';
import { anyMoment, factor, faultLimit } from './fault-plan.ts';
import { runAndKill } from './killed-process.ts';

const kills = Math.ceil(6 * factor);
const slices = 400;
const root = fastDirectory('satchel-kill-job-');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const foundSchema = z.object({ done: z.int(), attempts: z.int(), state: z.string().nullable() });

test(
  `a job that was killed ${kills} times goes on from its last slice, and does each slice once`,
  async () => {
    const args = [join(root, 'data'), await buildTemplate(await readMigrations()), String(slices)];
    let acknowledged = -1;
    let interrupted = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const { said, errors, wasKilled } = await runAndKill({
        script: 'job',
        args,
        killAfter: anyMoment(40),
        from: `slice${kill % 3}`,
      });
      expect(errors).toBe('');
      expect(wasKilled, 'the job was done before the kill').toBe(true);
      const found = foundSchema.parse(said.find((message) => 'found' in message)?.['found']);
      expect(found.done).toBeGreaterThan(acknowledged);
      if (found.state === 'running') interrupted += 1;
      const last = said.findLast((message) => 'acknowledged' in message);
      acknowledged = z.int().parse(last?.['acknowledged']);
    }
    expect(interrupted).toBe(kills - 1);
    const { said, errors, exitCode } = await runAndKill({ script: 'job', args });
    expect([errors, exitCode]).toEqual(['', 0]);
    const names = z.array(z.string()).parse(said.find((message) => 'whole' in message)?.['whole']);
    expect(names.toSorted()).toEqual(
      Array.from({ length: slices }, (_, number) => `number ${number}`).toSorted(),
    );
  },
  faultLimit,
);
