import { existsSync, mkdirSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { openCluster } from '../engine/cluster.ts';
import { templateMark } from '../engine/copy-template.ts';
import { fileErrorCode } from '../engine/file-problems.ts';
import { silentLog } from '../engine/log.ts';
import { Session } from '../engine/session.ts';
import { type Migration, readMigrations } from '../migrate/migrations.ts';
import { migrate, sessionConnection } from '../migrate/run.ts';
import { builtTemplate } from './template.ts';

/**
 * Builds the template cluster of the given migrations into `.cache/template`, unless it is there. Several processes may
 * do so at once: each builds under a name of its own, and the first rename wins. Returns its path.
 */
export async function buildTemplate(migrations: readonly Migration[]): Promise<string> {
  const target = builtTemplate(migrations);
  if (existsSync(join(target, templateMark))) return target;
  mkdirSync(dirname(target), { recursive: true });
  const work = await mkdtemp(`${target}.`);
  try {
    await fill(join(work, 'pg'), migrations);
    await cp(join(work, 'pg'), join(work, 'check'), { recursive: true });
    await verify(join(work, 'check'), migrations);
    await writeFile(join(work, 'pg', templateMark), JSON.stringify(await foldersOf(join(work, 'pg'))));
    await makeReadable(join(work, 'pg'));
    await rename(join(work, 'pg'), target).catch((error: unknown) => {
      if (fileErrorCode(error) !== 'ENOTEMPTY' && fileErrorCode(error) !== 'EEXIST') throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return target;
}

async function fill(directory: string, migrations: readonly Migration[]): Promise<void> {
  const { pg } = await openCluster(directory, { isDurable: false });
  const session = new Session(pg, directory, silentLog);
  await migrate(sessionConnection(session, 'template'), migrations);
  // Only `postgres` is ever connected to. The two templates of CREATE DATABASE are half of a new cluster's size.
  await session.script(
    "UPDATE pg_database SET datistemplate = false WHERE datname LIKE 'template_'",
    'template',
  );
  await session.script('DROP DATABASE template0', 'template');
  await session.script('DROP DATABASE template1', 'template');
  await session.script('VACUUM (FREEZE, ANALYZE)', 'template');
  await session.script('SELECT pg_switch_wal()', 'template');
  await session.script('CHECKPOINT', 'template');
  const { rows } = await session.query<{ segment: string }>(
    'SELECT pg_walfile_name(pg_current_wal_insert_lsn()) AS segment',
    [],
    { label: 'template' },
  );
  await pg.close();
  await removeSparedSegments(join(directory, 'pg_wal'), rows[0]?.segment ?? '');
}

/** Segments after the last one hold nothing: PostgreSQL keeps them to write over, and makes them when they are missing. */
async function removeSparedSegments(folder: string, last: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^[0-9A-F]{24}$/.test(name) && name > last) await rm(join(folder, name));
  }
}

async function foldersOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** A package carries the template of its own migrations and none that earlier ones left behind. */
async function removeOthers(template: string): Promise<void> {
  const folder = dirname(template);
  for (const name of await readdir(folder)) {
    if (name !== basename(template)) await rm(join(folder, name), { recursive: true });
  }
}

/** One user installs Satchel, another starts it: everybody may read the template, and nobody else may change it. */
async function makeReadable(root: string): Promise<void> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  await chmod(root, 0o755);
  for (const entry of entries) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}

/** Opens a copy as a first start would, and finds every migration in it. */
async function verify(directory: string, migrations: readonly Migration[]): Promise<void> {
  const { pg } = await openCluster(directory, { isDurable: false });
  const applied = await migrate(
    sessionConnection(new Session(pg, directory, silentLog), 'template'),
    migrations,
  );
  await pg.close();
  if (applied.length > 0) throw new Error(`The template lacks ${applied.join(', ')}.`);
}

if (import.meta.main) {
  try {
    const path = await buildTemplate(await readMigrations());
    if (process.argv.includes('--only')) await removeOthers(path);
    process.stdout.write(`The template data directory is ${path}\n`);
  } catch (error) {
    // An installation must not fail for it: without a template the first start takes a few seconds longer.
    if (!process.argv.includes('--if-possible')) throw error;
    process.stdout.write(`No template data directory: ${String(error)}\n`);
  }
}
