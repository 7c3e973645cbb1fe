import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Client } from 'pg';
import { copyTarget, copyText } from '#core/demo/copy-text.ts';
import { demoTableNames, type RowGroup } from '#core/demo/rows.ts';
import { storyBegins } from '#core/demo/story.ts';
import type { Identity, SqlValue } from '#db/engine/types.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { startServer, type TestServer } from '../server/cluster.ts';
import { type WorkspaceSize, workspaceFingerprint } from '../support/large-workspace.ts';
import type { RecordedStatement } from '../support/recording-engine.ts';

const rowsPerCopy = 100_000;

interface NativeWorkspace {
  readonly identity: Identity;
  readonly size: WorkspaceSize;
  readonly tell: () => Iterable<RowGroup>;
  readonly endsAt: number;
}

/** The same schema and the same rows in a native PostgreSQL over its socket. */
export class NativePeer implements AsyncDisposable {
  readonly #server: TestServer;
  readonly #client: Client;
  readonly #identity: Identity;

  readonly #backend: number;
  readonly #names = new Map<string, string>();

  private constructor(server: TestServer, client: Client, identity: Identity, backend: number) {
    this.#server = server;
    this.#client = client;
    this.#identity = identity;
    this.#backend = backend;
  }

  /** A server with the shared migrations and the story; filled once per schema, story and workspace and kept. */
  static async open({ identity, size, tell, endsAt }: NativeWorkspace): Promise<NativePeer> {
    // The server runs as another account, which may not look into every folder on the way to this one.
    const folder = path.join(os.tmpdir(), 'satchel-native-peer');
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const name = `${size.contacts}-${size.activities}-${await workspaceFingerprint()}-${identity.workspaceId}`;
    const finished = path.join(folder, name);
    if (!existsSync(finished)) {
      const unfinished = path.join(folder, `unfinished-${process.pid}`);
      try {
        {
          await using filling = await NativePeer.#start(identity, unfinished);
          await filling.#migrate();
          await filling.#load(tell(), endsAt);
        }
        await rename(unfinished, finished);
      } finally {
        await rm(unfinished, { recursive: true, force: true });
      }
    }
    return NativePeer.#start(identity, finished);
  }

  static async #start(identity: Identity, data: string): Promise<NativePeer> {
    const server = await startServer({ isDurable: true, data });
    const client = await server.connect();
    const { rows } = await client.query<{ backend: number }>('SELECT pg_backend_pid() AS backend');
    return new NativePeer(server, client, identity, rows[0]?.backend ?? 0);
  }

  async #migrate(): Promise<void> {
    for (const migration of await readMigrations(['shared'])) {
      await this.#client.query('BEGIN');
      await this.#client.query(migration.sql);
      await this.#client.query('COMMIT');
    }
    await this.#client.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [
      this.#identity.workspaceId,
      'Large',
      this.#identity.userId,
      'Robin Hale',
    ]);
  }

  /** Takes in the story by COPY, as fast as it can: constraints are known to hold. */
  async #load(story: Iterable<RowGroup>, endsAt: number): Promise<void> {
    await this.#client.query('SELECT satchel.ensure_activity_partitions($1::date, $2::date)', [
      new Date(storyBegins(endsAt)).toISOString(),
      new Date(endsAt).toISOString(),
    ]);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'satchel-copy-'));
    // The server runs as another account and reads the files itself.
    await chmod(folder, 0o755);
    try {
      await this.#client.query('SET session_replication_role = replica');
      const texts = new Map<string, string[]>();
      let kept = 0;
      for (const group of story) {
        for (const table of demoTableNames) {
          const rows = group[table];
          if (!rows) continue;
          const target = copyTarget(table);
          const parts = texts.get(target) ?? [];
          parts.push(copyText(table, rows, this.#identity.workspaceId));
          texts.set(target, parts);
          kept += rows.length;
        }
        if (kept < rowsPerCopy) continue;
        await this.#copy(texts, folder);
        kept = 0;
      }
      await this.#copy(texts, folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    await this.#client.query('RESET session_replication_role');
    // On a server somebody is the login that the session was opened with.
    await this.#client.query(
      'UPDATE users SET login_role = session_user WHERE workspace_id = $1 AND id = $2',
      [this.#identity.workspaceId, this.#identity.userId],
    );
    await this.#client.query('VACUUM ANALYZE');
  }

  async #copy(texts: Map<string, string[]>, folder: string): Promise<void> {
    const file = path.join(folder, 'rows');
    for (const [target, parts] of texts) {
      await writeFile(file, parts.join(''), { mode: 0o644 });
      await this.#client.query(`COPY ${target} FROM '${file}'`);
    }
    texts.clear();
  }

  /**
   * Runs statements in one read-only transaction as the engine does: same role, same settings, same parameters; each
   * statement prepared once by name and run by it from then on, as a client that wants to be quick does, but for
   * those whose plan depends on the parameters.
   */
  async replay(statements: readonly RecordedStatement[]): Promise<void> {
    await this.#begin('BEGIN READ ONLY');
    for (const { sql, params, plan } of statements) {
      if (plan === 'kept') await this.#run(sql, params);
      else await this.#client.query(sql, [...params]);
    }
    await this.#client.query('COMMIT');
  }

  async #begin(begin: string): Promise<void> {
    const { workspaceId } = this.#identity;
    await this.#client.query(
      `${begin}; SET LOCAL ROLE satchel_app;
       SELECT set_config('satchel.workspace_id', '${workspaceId}', true)`,
    );
  }

  async #run(text: string, values: readonly SqlValue[]): Promise<void> {
    const name = this.#names.get(text) ?? `s${this.#names.size}`;
    this.#names.set(text, name);
    await this.#client.query({ name, text, values: [...values] });
  }

  /** One changed row, committed to the disk where the server syncs. */
  async write(contactId: string, title: string): Promise<void> {
    await this.#begin('BEGIN');
    await this.#run('UPDATE contacts SET job_title = $3 WHERE workspace_id = $1 AND id = $2', [
      this.#identity.workspaceId,
      contactId,
      title,
    ]);
    await this.#client.query('COMMIT');
  }

  /**
   * Milliseconds that the server's process of this connection and this process, which reads the answers, have computed;
   * Satchel's own time holds both sides too.
   */
  async computed(): Promise<number> {
    const [nanoseconds = '0'] = (await readFile(`/proc/${this.#backend}/schedstat`, 'utf8')).split(' ');
    const { user, system } = process.cpuUsage();
    return Number(nanoseconds) / 1e6 + (user + system) / 1_000;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end();
    await this.#server[Symbol.asyncDispose]();
  }
}
