import { inspectUploads } from '#core/import/plan/inspect.ts';
import { Revert } from '#core/import/revert/revert.ts';
import { uploadLocalFile } from '#core/uploads/upload-local-file.ts';
import type { Identity } from '#db/engine/types.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import type { ImportEvent, ImportReport } from '#shared/contract/imports.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { clientOf, seedWorkspace, testApplication } from '../../support/records.ts';
import { testServices } from '../../support/services.ts';
import { openForKill, say } from './open-ledger.ts';

// Says what the last process left, recovers from it in the way it is told, and imports again and again until it is killed.
const [dataDir = '', template, file = '', recovery] = process.argv.slice(2);
const engine = await openForKill(dataDir, await readMigrations(), template);
const app = testApplication(engine, dataDir);
const identity = await firstPerson();
const client = clientOf(app, identity);

say({ found: await state() });
say({ recovering: recovery });
const [newest] = await client.imports.list({});
if (recovery === 'resume' && newest?.canResume === true) {
  await follow(await client.imports.resume({ batchId: newest.id }));
  say({ whole: await state() });
}
if (recovery === 'again') {
  await importFile();
  say({ whole: await state() });
}
await revertAll();
say({ reverted: await state() });
for (;;) {
  say({ importing: true });
  await importFile();
  say({ whole: await state() });
  await revertAll();
  say({ reverted: await state() });
}

async function firstPerson(): Promise<Identity> {
  const [person] = await engine.transaction({ as: 'system', readOnly: true }, (tx) =>
    tx.query<Identity>(
      'SELECT workspace_id AS "workspaceId", id AS "userId" FROM users ORDER BY created_at LIMIT 1',
    ),
  );
  return person ?? seedWorkspace(engine);
}

async function importFile(): Promise<void> {
  const uploadId = await uploadLocalFile(app, file);
  const plan = await inspectUploads(app, identity, [uploadId]);
  await follow(testServices(app).imports.start(app, identity, plan, { isDryRun: false }).listen());
}

/** A row counts as acknowledged when the progress that includes it was told. */
async function follow(events: AsyncIterable<ImportEvent>): Promise<ImportReport | undefined> {
  let slices = 0;
  for await (const event of events) {
    if (event.type === 'report') return event.report;
    if (event.batchId === null || event.done === 0) continue;
    slices += 1;
    say({ batchId: event.batchId, done: event.done, [`slice${slices}`]: true });
  }
  return undefined;
}

async function revertAll(): Promise<void> {
  for (const batch of await client.imports.list({ limit: 200 })) {
    if (batch.canRevert) await new Revert(app, identity, batch.id, () => undefined).run();
  }
}

async function state() {
  const [counts] = await engine.transaction({ as: identity, readOnly: true }, (tx) =>
    tx.query<Record<'contacts' | 'accounts' | 'references' | 'stubs', number>>(
      `SELECT (SELECT count(*)::integer FROM contacts) AS contacts, (SELECT count(*)::integer FROM accounts) AS accounts,
         (SELECT count(*)::integer FROM import_references) AS references, (SELECT count(*)::integer FROM import_stubs) AS stubs`,
    ),
  );
  const batches = await client.imports.list({ limit: 200 });
  return { ...counts, batches: batches.map(({ id, status }): [ImportBatchId, string] => [id, status]) };
}
