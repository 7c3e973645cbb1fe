import type { PGlite, Transaction } from '@electric-sql/pglite';
import { openMigratedPglite } from './database.ts';

/** A migrated database in memory with one workspace, and the ids in it. */
export class WorkspaceDatabase implements AsyncDisposable {
  readonly db: PGlite;
  readonly workspace = '018f0000-0000-7000-8000-000000000001';
  /** Its administrator. */
  readonly person = '018f0000-0000-7000-8000-000000000002';
  #ids = 0;

  private constructor(db: PGlite) {
    this.db = db;
  }

  static async open(): Promise<WorkspaceDatabase> {
    const opened = new WorkspaceDatabase(await openMigratedPglite());
    await opened.db.query('SELECT satchel.seed_workspace($1, $2, $3, $4)', [
      opened.workspace,
      'Acme',
      opened.person,
      'Ada',
    ]);
    return opened;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.db.close();
  }

  nextId(): string {
    this.#ids += 1;
    return `018f0000-0000-7000-9000-${this.#ids.toString(16).padStart(12, '0')}`;
  }

  /** A person with one of the seeded roles. */
  async addPerson(
    role: 'Sales Manager' | 'Sales Representative',
    workspace: string = this.workspace,
  ): Promise<string> {
    const id = this.nextId();
    await this.db.query('INSERT INTO users (workspace_id, id, full_name) VALUES ($1, $2, $3)', [
      workspace,
      id,
      role,
    ]);
    await this.db.query(
      'INSERT INTO user_roles (workspace_id, user_id, role_id) VALUES ($1, $2, satchel.seeded_id($1, $3))',
      [workspace, id, `role:${role}`],
    );
    return id;
  }

  /** Runs as the administrator under row-level security, as every request does; `settings` may name somebody else. */
  as<T>(work: (tx: Transaction) => Promise<T>, settings: Readonly<Record<string, string>> = {}): Promise<T> {
    return this.db.transaction(async (tx) => {
      const all = {
        'satchel.workspace_id': this.workspace,
        'satchel.user_id': this.person,
        ...settings,
      };
      for (const [key, value] of Object.entries(all))
        await tx.query('SELECT set_config($1, $2, true)', [key, value]);
      await tx.exec('SET LOCAL ROLE satchel_app');
      return work(tx);
    });
  }

  async createAccount(customFields: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const id = this.nextId();
    await this.as((tx) =>
      tx.query('INSERT INTO accounts (workspace_id, id, name, custom_fields) VALUES ($1, $2, $3, $4)', [
        this.workspace,
        id,
        'Betatech',
        customFields,
      ]),
    );
    return id;
  }

  /** The first column of the first row, past the policies. */
  async one<T>(sql: string, params: unknown[] = []): Promise<T | undefined> {
    const { rows } = await this.db.query<Record<string, T>>(sql, params);
    return rows[0] && Object.values(rows[0])[0];
  }
}
