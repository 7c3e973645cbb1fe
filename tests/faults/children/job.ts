import { z } from 'zod';
import type { JobKind } from '#core/platform/services/job-kind.ts';
import { JobQueue } from '#core/platform/services/job-queue.ts';
import { listJobs } from '#core/platform/services/job-rows.ts';
import type { Identity } from '#db/engine/types.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { seedWorkspace, testApplication } from '../../support/records.ts';
import { openForKill, say } from './open-ledger.ts';

// Runs a job of many slices, each of which writes a row with its number, until it is done or this process is killed.
const [dataDir = '', template, total = ''] = process.argv.slice(2);
const engine = await openForKill(dataDir, await readMigrations(), template);
const app = testApplication(engine, dataDir);
const system = <T>(work: Parameters<typeof engine.transaction<T>>[1]) =>
  engine.transaction<T>({ as: 'system' }, work);

const numbers: JobKind<{ total: number }> = {
  service: 'tests',
  kind: 'numbers',
  payload: z.object({ total: z.int() }),
  run: async (job) => {
    for (let done = job.progress?.done ?? 0; done < job.payload.total; done += 1) {
      await job.slice(async (tx) => {
        await tx.query('INSERT INTO tags (workspace_id, id, name) VALUES ($1, gen_random_uuid(), $2)', [
          identity.workspaceId,
          `number ${done}`,
        ]);
        return { done: done + 1, total: job.payload.total };
      });
      say({ acknowledged: done, [`slice${done % 3}`]: true });
    }
  },
};

const [person] = await system((tx) =>
  tx.query<Identity>('SELECT workspace_id AS "workspaceId", id AS "userId" FROM users LIMIT 1'),
);
const identity = person ?? (await seedWorkspace(engine));
const queue = new JobQueue(app);
queue.register(numbers);
if (!person) {
  await engine.transaction({ as: identity }, (tx) =>
    queue.add(tx, identity, numbers, { total: Number(total) }),
  );
}
const [kept] = await system((tx) => listJobs(tx, 1));
say({
  found: { done: kept?.progress?.done ?? 0, attempts: kept?.attempts ?? 0, state: kept?.state ?? null },
});
await queue.start();
const isDone = async () => (await system((tx) => listJobs(tx, 1))).length === 0;
while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 20));
const names = await system((tx) => tx.query<{ name: string }>('SELECT name FROM tags ORDER BY id'));
say({ whole: names.map(({ name }) => name) });
await queue.stop();
await engine.close();
