import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { postgresPrograms } from './setup.ts';

const run = promisify(execFile);

/** A server for one test file. `connect` opens a connection as a superuser to a database of the caller's own. */
export interface TestServer extends AsyncDisposable {
  connect(): Promise<Client>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; then it runs as the first of these accounts that the machine has. */
async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await readFile('/etc/passwd', 'utf8');
  for (const name of ['postgres', 'nobody']) {
    const line = accounts.split('\n').find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('Neither postgres nor nobody exists to run a server as.');
}

async function withOwnDatabase(adminUrl: string): Promise<TestServer> {
  const name = `satchel_test_${randomBytes(6).toString('hex')}`;
  const admin = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await admin(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  return {
    async connect() {
      const url = new URL(adminUrl);
      url.pathname = `/${name}`;
      const client = new Client({ connectionString: url.href });
      await client.connect();
      return client;
    },
    [Symbol.asyncDispose]: () => admin(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

export interface ServerOptions {
  /** Whether commits are synced to the disk. */
  readonly isDurable?: boolean;
  /** A data folder to keep: made where it is missing, shut down in order at the end. */
  readonly data?: string;
}

/** Starts a cluster in a temporary folder, reached by a socket in it; or uses the server named in the environment. */
export async function startServer({
  isDurable = false,
  data: kept,
}: ServerOptions = {}): Promise<TestServer> {
  const given = process.env['SATCHEL_TEST_POSTGRES_URL'];
  if (given) return withOwnDatabase(given);

  const programs = await postgresPrograms();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'satchel-pg-'));
  const account = await unprivilegedAccount();
  if (account) await chown(folder, account.uid, account.gid);
  await chmod(folder, 0o700);
  const data = kept ?? path.join(folder, 'data');
  const options = { ...account, cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } };
  const control = (...args: string[]) =>
    run(path.join(programs, 'pg_ctl'), ['--pgdata', data, '--wait', ...args], options);

  if (!existsSync(data)) {
    await mkdir(data, { mode: 0o700 });
    if (account) await chown(data, account.uid, account.gid);
    await run(
      path.join(programs, 'initdb'),
      [
        '--pgdata',
        data,
        '--username',
        'admin',
        '--auth',
        'trust',
        '--encoding',
        'UTF8',
        '--locale',
        'C.UTF-8',
        '--no-sync',
      ],
      options,
    );
  }
  await control(
    'start',
    '--log',
    path.join(folder, 'log'),
    '--options',
    `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=${isDurable ? 'on' : 'off'} -c max_locks_per_transaction=256`,
  );
  return {
    async connect() {
      const client = new Client({ host: folder, user: 'admin', database: 'postgres' });
      await client.connect();
      return client;
    },
    async [Symbol.asyncDispose]() {
      await control('stop', '--mode', kept === undefined ? 'immediate' : 'fast');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
