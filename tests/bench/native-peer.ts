import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Client } from 'pg';
import { copyTarget, copyText } from '#core/demo/copy-text.ts';
import { demoTableNames, type RowGroup } from '#core/demo/rows.ts';
import { storyBegins } from '#core/demo/story.ts';
import type { Identity } from '#db/engine/types.ts';
import { readMigrations } from '#tests/schema/database.ts';
import { startServer, type TestServer } from '#tests/server/cluster.ts';
import type { RecordedStatement } from '../support/recording-engine.ts';

const rowsPerCopy = 100_000;

/** The same schema and the same rows in a native PostgreSQL over its socket. */
export class NativePeer implements AsyncDisposable {
  readonly #server: TestServer;
  readonly #client: Client;
  readonly #identity: Identity;

  private constructor(server: TestServer, client: Client, identity: Identity) {
    this.#server = server;
    this.#client = client;
    this.#identity = identity;
  }

  /** Starts a server with the shared migrations and an empty workspace of the given person. */
  static async start(identity: Identity): Promise<NativePeer> {
    const server = await startServer({ isDurable: true });
    const client = await server.connect();
    for (const migration of await readMigrations(['shared'])) {
      await client.query('BEGIN');
      await client.query(migration.sql);
      await client.query('COMMIT');
    }
    await client.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [
      identity.workspaceId,
      'Large',
      identity.userId,
      'Robin Hale',
    ]);
    return new NativePeer(server, client, identity);
  }

  /** Takes in the story by COPY, as fast as it can: constraints are known to hold. */
  async load(story: Iterable<RowGroup>, endsAt: number): Promise<void> {
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

  /** Runs statements in one read-only transaction as the engine does: same role, same settings, same parameters. */
  async replay(statements: readonly RecordedStatement[]): Promise<void> {
    const { workspaceId, userId } = this.#identity;
    await this.#client.query(
      `BEGIN READ ONLY; SET LOCAL ROLE satchel_app;
       SELECT set_config('satchel.workspace_id', '${workspaceId}', true), set_config('satchel.user_id', '${userId}', true)`,
    );
    for (const { sql, params } of statements) await this.#client.query(sql, [...params]);
    await this.#client.query('COMMIT');
  }

  /** One changed row, committed to the disk where the server syncs. */
  async write(contactId: string, title: string): Promise<void> {
    const { workspaceId, userId } = this.#identity;
    await this.#client.query(
      `BEGIN; SET LOCAL ROLE satchel_app;
       SELECT set_config('satchel.workspace_id', '${workspaceId}', true), set_config('satchel.user_id', '${userId}', true)`,
    );
    await this.#client.query('UPDATE contacts SET job_title = $3 WHERE workspace_id = $1 AND id = $2', [
      workspaceId,
      contactId,
      title,
    ]);
    await this.#client.query('COMMIT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.end();
    await this.#server[Symbol.asyncDispose]();
  }
}
