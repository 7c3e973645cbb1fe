import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Application } from '#core/context.ts';
import { fillWithDemo } from '#core/demo/fill.ts';
import { seededRandom } from '#core/demo/seeded-random.ts';
import { tellStory } from '#core/demo/story.ts';
import { openCluster } from '#db/engine/cluster.ts';
import { dataDirectory } from '#db/engine/layout.ts';
import { silentLog } from '#db/engine/log.ts';
import type { Identity } from '#db/engine/types.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import type { OpenEngine } from '#db/start/open.ts';
import { openEngine } from '#db/start/open.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { applicationOver, personOf } from './demo-application.ts';
import { isRunning } from './run/temporary.ts';
import { seededPipeline } from './story-pipeline.ts';
import { treeHash } from './tree-hash.ts';

const cacheFolder = fileURLToPath(new URL('../../.cache/large-workspace', import.meta.url));
export const storySeed = 1;
/** The story ends here, so that the same rows come out on every day. */
export const storyEndsAt = Date.UTC(2026, 4, 20);

export interface WorkspaceSize {
  readonly contacts: number;
  readonly activities: number;
}

/** What every query behind a screen must stay quick at. */
export const fullSize: WorkspaceSize = { contacts: 100_000, activities: 1_000_000 };

export interface LargeWorkspace extends AsyncDisposable {
  readonly app: Application;
  readonly engine: OpenEngine;
  readonly dataDir: string;
  /** An administrator of the workspace. */
  readonly identity: Identity;
  close(): Promise<void>;
}

/**
 * The data directory of a workspace of that size, filled once per schema and story and kept in `.cache`. Nobody may open
 * it: `openLargeWorkspace` opens a copy. Takes about two minutes at the full size when it is made.
 */
export async function largeWorkspaceDirectory(size: WorkspaceSize): Promise<string> {
  const fingerprint = await workspaceFingerprint();
  const directory = path.join(cacheFolder, `${size.contacts}-${size.activities}-${fingerprint}`);
  await mkdir(cacheFolder, { recursive: true });
  await removeOutdated(cacheFolder, fingerprint);
  if (existsSync(directory)) return directory;
  const unfinished = await mkdtemp(path.join(cacheFolder, `unfinished-${process.pid}-`));
  try {
    const engine = await open(unfinished);
    const app = applicationOver(engine, unfinished);
    const identity = await personOf(app, 'Large');
    const makeIndexes = await takeIndexesAway(engine);
    for await (const _ of fillWithDemo(app, identity, {
      ...size,
      seed: 1,
      endsAt: storyEndsAt,
      pace: 'bulk',
    })) {
      // Each step is a transaction of its own; there is nobody to tell.
    }
    await makeIndexes();
    await engine.close();
    await vacuum(unfinished);
    // A clone of a process that finished first is just as good.
    await rename(unfinished, directory).catch((error: unknown) => {
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return directory;
}

/** Removes what is of another schema or story, and what a process began that is gone. */
export async function removeOutdated(folder: string, fingerprint: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid] = /^unfinished-(\d+)-/.exec(name) ?? [];
    const isWanted = pid === undefined ? name.endsWith(`-${fingerprint}`) : isRunning(Number(pid));
    if (!isWanted) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

/** The large tables whose indexes are cheaper to make at once than row by row. */
const largeTables = [
  'accounts',
  'contacts',
  'opportunities',
  'activities',
  'activity_accounts',
  'activity_contacts',
  'activity_opportunities',
];

/**
 * Drops the indexes of the large tables that no constraint needs, as a restore of a dump has none while it loads: it takes
 * half the time. @returns what makes them again as they were, each in a transaction of its own
 */
async function takeIndexesAway(engine: OpenEngine): Promise<() => Promise<void>> {
  const script = (sql: string) =>
    engine.transaction({ as: 'system', label: 'indexes' }, (tx) =>
      tx.script(`SET LOCAL ROLE satchel_owner; ${sql}`),
    );
  const indexes = await engine.transaction({ as: 'system', readOnly: true }, (tx) =>
    tx.query<{ name: string; definition: string }>(
      `SELECT indexrelid::regclass::text AS name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') AS definition
       FROM pg_index
       WHERE indrelid::regclass::text = ANY ($1::text[])
         AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
      [largeTables],
    ),
  );
  await script(indexes.map(({ name }) => `DROP INDEX ${name}`).join('; '));
  return async () => {
    for (const { definition } of indexes) await script(definition);
  };
}

/** What maintenance does after a large load: only then can an index answer alone. */
async function vacuum(dataDir: string): Promise<void> {
  const { pg } = await openCluster(dataDirectory(dataDir).cluster, { isDurable: false });
  try {
    await pg.exec('VACUUM ANALYZE');
    await pg.exec('CHECKPOINT');
  } finally {
    await pg.close();
  }
}

/** A copy of the large workspace's data directory, to be opened and at last removed by the caller. */
export async function copyLargeWorkspace(size: WorkspaceSize = fullSize): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'satchel-large-'));
  await cp(await largeWorkspaceDirectory(size), dataDir, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
  });
  return dataDir;
}

/** A copy of the large workspace, opened; closing removes it. */
export async function openLargeWorkspace(size: WorkspaceSize = fullSize): Promise<LargeWorkspace> {
  const dataDir = await copyLargeWorkspace(size);
  const engine = await open(dataDir);
  const close = async () => {
    await engine.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  const app = applicationOver(engine, dataDir);
  const identity = await personOf(app, 'Large');
  return { app, engine, dataDir, identity, close, [Symbol.asyncDispose]: close };
}

function open(dataDir: string): Promise<OpenEngine> {
  return openEngine({ clock: systemClock, ids: systemIds, log: silentLog, isDurable: false, dataDir });
}

/**
 * Changes whenever the schema does, the story tells something else, or what fills the workspace is changed; a short story
 * stands for the long one.
 */
export async function workspaceFingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, checksum } of await readMigrations()) hash.update(`${name} ${checksum}\n`);
  hash.update(treeHash(fileURLToPath(new URL('../../core/demo', import.meta.url))));
  const story = tellStory({
    contacts: 300,
    activities: 3_000,
    random: seededRandom(storySeed),
    now: storyEndsAt,
    currency: 'EUR',
    pipeline: seededPipeline('workspace'),
    founder: { id: 'founder', firstName: 'Robin', fullName: 'Robin Hale' },
  });
  for (const group of story) hash.update(JSON.stringify(group));
  return hash.digest('hex').slice(0, 16);
}
