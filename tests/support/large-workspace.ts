import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { cp, glob, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Application } from '#core/context.ts';
import { fillWithDemo } from '#core/demo/fill.ts';
import { silentLog } from '#db/engine/log.ts';
import type { OpenEngine } from '#db/engine/open.ts';
import { type EngineOptions, openEngine } from '#db/engine/open.ts';
import type { Identity } from '#db/engine/types.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { applicationOver, personOf } from './demo-application.ts';

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const cacheFolder = path.join(checkout, '.cache', 'large-workspace');
/** The story ends here, so that the same rows come out on every day. */
const storyEndsAt = Date.UTC(2026, 4, 20);

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
 * it: `openLargeWorkspace` opens a copy. Takes two to four minutes at the full size when it is made.
 */
export async function largeWorkspaceDirectory(size: WorkspaceSize): Promise<string> {
  const directory = path.join(cacheFolder, `${size.contacts}-${size.activities}-${await fingerprint()}`);
  if (existsSync(directory)) return directory;
  await mkdir(cacheFolder, { recursive: true });
  const unfinished = await mkdtemp(path.join(cacheFolder, 'unfinished-'));
  try {
    const engine = await open(unfinished);
    const app = applicationOver(engine, unfinished);
    const identity = await personOf(app, 'Large');
    for await (const _ of fillWithDemo(app, identity, {
      ...size,
      seed: 1,
      endsAt: storyEndsAt,
      pace: 'bulk',
    })) {
      // Each step is a transaction of its own; there is nobody to tell.
    }
    await engine.close();
    // A clone of a process that finished first is just as good.
    await rename(unfinished, directory).catch((error: unknown) => {
      if (!existsSync(directory)) throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return directory;
}

/** A copy of the large workspace, opened; closing removes it. */
export async function openLargeWorkspace(
  size: WorkspaceSize = fullSize,
  options: Partial<EngineOptions> = {},
): Promise<LargeWorkspace> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'satchel-large-'));
  await cp(await largeWorkspaceDirectory(size), dataDir, {
    recursive: true,
    mode: constants.COPYFILE_FICLONE,
  });
  const engine = await open(dataDir, options);
  const close = async () => {
    await engine.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  const app = applicationOver(engine, dataDir);
  const identity = await personOf(app, 'Large');
  return { app, engine, dataDir, identity, close, [Symbol.asyncDispose]: close };
}

function open(dataDir: string, options: Partial<EngineOptions> = {}): Promise<OpenEngine> {
  return openEngine({
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
    isDurable: false,
    ...options,
    dataDir,
  });
}

/** Changes whenever the schema or the story does. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const { name, checksum } of await readMigrations()) hash.update(`${name} ${checksum}\n`);
  const sources: string[] = [];
  for await (const file of glob('core/demo/**/*.ts', { cwd: checkout })) {
    if (!file.endsWith('.test.ts')) sources.push(file);
  }
  for (const source of sources.sort()) {
    hash.update(source);
    hash.update(await readFile(path.join(checkout, source)));
  }
  return hash.digest('hex').slice(0, 16);
}
