/**
 * A PostgreSQL 15 or later with pgvector for the tests that need a real server.
 *
 * SATCHEL_TEST_POSTGRES_URL names one that is there already (a superuser's address; the tests make and drop databases of their
 * own). Otherwise PostgreSQL is taken from this machine's Debian packages, installed first where the user may; pgvector,
 * which Debian 12 does not package, is built from the source package of the next release. Nothing of that touches the
 * system's package sources or its PostgreSQL: the programs are copied into a folder of their own below the system's
 * temporary folder, once, and pgvector is installed there.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const pgvectorSuite = 'trixie';
const packages = ['postgresql-15', 'postgresql-server-dev-15', 'build-essential'];
const systemPrograms = '/usr/lib/postgresql/15';
const systemHeaders = '/usr/include/postgresql/15/server';

/** What stands in the way of a server here, in words for the person who runs the tests. */
export class ServerUnavailable extends Error {}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

async function installPackages(): Promise<void> {
  // The makefiles of extensions also come with the server itself, the headers do not.
  const needed = [
    path.join(systemPrograms, 'bin/postgres'),
    path.join(systemPrograms, 'lib/pgxs/src/makefiles/pgxs.mk'),
    path.join(systemHeaders, 'postgres.h'),
  ];
  const found = await Promise.all(needed.map(exists));
  if (found.every(Boolean)) return;
  if (process.getuid?.() !== 0) {
    throw new ServerUnavailable(
      `PostgreSQL 15 is not installed and only root may install it: run "apt-get install ${packages.join(' ')}", or set SATCHEL_TEST_POSTGRES_URL.`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  // No cluster of the system's own: the tests start theirs.
  await mkdir('/etc/postgresql-common/createcluster.d', { recursive: true });
  await writeFile(
    '/etc/postgresql-common/createcluster.d/satchel-tests.conf',
    'create_main_cluster = false\n',
  );
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env });
}

/** The address of the Debian archive that this machine already uses. */
async function debianMirror(): Promise<string> {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...(await readdir(folder)).map((name) => path.join(folder, name))];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const found =
      /^URIs:\s*(\S+\/debian\/?)\s*$/mu.exec(text) ??
      /^deb\s+(?:\[[^\]]*\]\s+)?(\S+\/debian\/?)\s/mu.exec(text);
    if (found?.[1]) return found[1];
  }
  throw new ServerUnavailable(
    'No Debian archive among the package sources of this machine to build pgvector from.',
  );
}

/** Fetches the source package with settings of its own, so that the system's package lists stay as they are. */
async function fetchPgvectorSource(work: string): Promise<string> {
  const sources = path.join(work, 'sources');
  await mkdir(path.join(work, 'state/lists/partial'), { recursive: true });
  await mkdir(path.join(work, 'cache/archives/partial'), { recursive: true });
  await mkdir(sources);
  await writeFile(
    path.join(sources, 'pgvector.sources'),
    [
      'Types: deb-src',
      `URIs: ${await debianMirror()}`,
      `Suites: ${pgvectorSuite}`,
      'Components: main',
      'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
      '',
    ].join('\n'),
  );
  const settings = [
    '-o',
    'Dir::Etc::sourcelist=/dev/null',
    '-o',
    `Dir::Etc::sourceparts=${sources}`,
    '-o',
    `Dir::State=${path.join(work, 'state')}`,
    '-o',
    `Dir::Cache=${path.join(work, 'cache')}`,
  ];
  await run('apt-get', [...settings, 'update'], { cwd: work });
  await run('apt-get', [...settings, 'source', '--download-only', 'pgvector'], { cwd: work });
  const archive = (await readdir(work)).find((name) => /^pgvector_.*\.orig\.tar\.gz$/u.test(name));
  if (!archive) throw new ServerUnavailable('The source package of pgvector holds no source archive.');
  await run('tar', ['-xzf', archive], { cwd: work });
  const folder = (await readdir(work)).find((name) => /^pgvector-[\d.]+$/u.test(name));
  if (!folder) throw new ServerUnavailable('The source archive of pgvector holds no source.');
  return path.join(work, folder);
}

/** PostgreSQL finds its own files relative to its programs, so a copy of both trees is an installation. */
async function copyInstallation(root: string): Promise<void> {
  await cp(systemPrograms, path.join(root, 'lib/postgresql/15'), { recursive: true, dereference: true });
  await cp('/usr/share/postgresql/15', path.join(root, 'share/postgresql/15'), {
    recursive: true,
    dereference: true,
  });
}

async function installPgvector(source: string, root: string): Promise<void> {
  // OPTFLAGS is empty so that the build also runs on another machine with the same folder.
  await run('make', ['-j2', 'OPTFLAGS=', `PG_CONFIG=${systemPrograms}/bin/pg_config`, 'with_llvm=no'], {
    cwd: source,
  });
  await cp(path.join(source, 'vector.so'), path.join(root, 'lib/postgresql/15/lib/vector.so'));
  const extensions = path.join(root, 'share/postgresql/15/extension');
  await cp(path.join(source, 'vector.control'), path.join(extensions, 'vector.control'));
  for (const name of await readdir(path.join(source, 'sql'))) {
    if (name.endsWith('.sql')) await cp(path.join(source, 'sql', name), path.join(extensions, name));
  }
}

/**
 * The folder with PostgreSQL's programs (`initdb`, `pg_ctl`), pgvector installed beside them.
 * Throws ServerUnavailable, saying what to do, where that cannot be had.
 */
export async function postgresPrograms(): Promise<string> {
  const root = path.join(os.tmpdir(), 'satchel-test-postgresql-15');
  const programs = path.join(root, 'lib/postgresql/15/bin');
  const done = path.join(root, 'ready');
  if (await exists(done)) return programs;
  if (!(await exists('/etc/debian_version'))) {
    throw new ServerUnavailable(
      'Not a Debian system: set SATCHEL_TEST_POSTGRES_URL to a server with pgvector.',
    );
  }
  const work = await mkdtemp(path.join(os.tmpdir(), 'satchel-pgvector-'));
  try {
    await installPackages();
    await rm(root, { recursive: true, force: true });
    await mkdir(root, { recursive: true, mode: 0o755 });
    await copyInstallation(root);
    await installPgvector(await fetchPgvectorSource(work), root);
    await writeFile(done, '');
    return programs;
  } catch (cause) {
    if (cause instanceof ServerUnavailable) throw cause;
    throw new ServerUnavailable(
      `PostgreSQL with pgvector could not be set up (${cause instanceof Error ? cause.message : String(cause)}). Set SATCHEL_TEST_POSTGRES_URL to a server that has it.`,
      { cause },
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

if (import.meta.main) console.log(await postgresPrograms());
