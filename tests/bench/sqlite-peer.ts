import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Cell, demoTables, type RowGroup } from '#core/demo/rows.ts';
import type { Sample } from '../support/screens.ts';

const tables = [
  'accounts',
  'contacts',
  'opportunities',
  'activities',
  'activity_accounts',
  'activity_contacts',
  'activity_opportunities',
] as const;

/** What the screens need, as one would index it in SQLite. One workspace, no rights, no history: the least it could cost. */
const indexes = `
  CREATE INDEX contacts_name ON contacts (lower(first_name || ' ' || last_name), id);
  CREATE INDEX contacts_created ON contacts (created_at DESC, id);
  CREATE INDEX contacts_updated ON contacts (updated_at DESC, id);
  CREATE INDEX contacts_account ON contacts (account_id);
  CREATE INDEX contacts_stage ON contacts (lifecycle_stage, created_at DESC);
  CREATE INDEX contacts_owner ON contacts (owner_id);
  CREATE INDEX accounts_name ON accounts (lower(name), id);
  CREATE INDEX accounts_revenue ON accounts (annual_revenue, id);
  CREATE INDEX accounts_industry ON accounts (industry, lower(name));
  CREATE INDEX opportunities_name ON opportunities (lower(name), id);
  CREATE INDEX opportunities_amount ON opportunities (amount, id);
  CREATE INDEX opportunities_stage ON opportunities (stage, close_date);
  CREATE INDEX opportunities_account ON opportunities (account_id);
  CREATE INDEX opportunities_owner ON opportunities (owner_id, close_date);
  CREATE INDEX activity_accounts_timeline ON activity_accounts (account_id, occurred_at DESC);
  CREATE INDEX activity_contacts_timeline ON activity_contacts (contact_id, occurred_at DESC);
  CREATE INDEX activity_opportunities_timeline ON activity_opportunities (opportunity_id, occurred_at DESC);
  CREATE VIRTUAL TABLE contact_search USING fts5 (name, email, content = '', tokenize = 'trigram');
  INSERT INTO contact_search (rowid, name, email)
    SELECT rowid, coalesce(first_name, '') || ' ' || coalesce(last_name, ''), coalesce(email, '') FROM contacts;
  ANALYZE;`;

const contactRow = `
  SELECT c.*, a.name AS account_name FROM contacts c LEFT JOIN accounts a ON a.id = c.account_id`;
const dealRow = `
  SELECT o.*, a.name AS account_name, c.first_name, c.last_name
  FROM opportunities o LEFT JOIN accounts a ON a.id = o.account_id LEFT JOIN contacts c ON c.id = o.contact_id`;
const contactName = `lower(c.first_name || ' ' || c.last_name)`;

interface Question {
  readonly sql: string;
  readonly params?: (sample: Sample, turn: number) => (string | number)[];
}

const nth = (choices: readonly string[], turn: number) => choices[turn % choices.length] ?? '';

const timeline = (junction: string, column: string, of: (sample: Sample) => readonly string[]): Question => ({
  sql: `
    SELECT a.* FROM ${junction} j JOIN activities a ON a.id = j.activity_id
    WHERE j.${column} = ? ORDER BY j.occurred_at DESC LIMIT 30`,
  params: (sample, turn) => [nth(of(sample), turn)],
});

/** The screens that SQLite can be asked for too, by name. */
const questions: Readonly<Record<string, Question>> = {
  'contacts by name': { sql: `${contactRow} ORDER BY ${contactName}, c.id LIMIT 101` },
  'contacts, newest': { sql: `${contactRow} ORDER BY c.created_at DESC, c.id LIMIT 101` },
  'contacts, last changed': { sql: `${contactRow} ORDER BY c.updated_at DESC, c.id LIMIT 101` },
  'contacts, scrolled to the middle': {
    sql: `${contactRow} WHERE c.id IN (
      SELECT c.id FROM contacts c ORDER BY ${contactName}, c.id LIMIT 101 OFFSET ?) ORDER BY ${contactName}, c.id`,
    params: (_, turn) => [49_000 + turn * 10],
  },
  'contacts of an account': {
    sql: `${contactRow} WHERE c.account_id = ? ORDER BY ${contactName} LIMIT 101`,
    params: (sample, turn) => [nth(sample.accounts, turn)],
  },
  'contacts that are customers': {
    sql: `${contactRow} WHERE c.lifecycle_stage = 'customer' ORDER BY c.created_at DESC LIMIT 101`,
  },
  'contacts searched by name': {
    sql: `${contactRow} WHERE c.rowid IN (SELECT rowid FROM contact_search WHERE contact_search MATCH ?)
      ORDER BY ${contactName}, c.id LIMIT 101`,
    params: (sample, turn) => [`"${nth(sample.words, turn).slice(0, 3 + (turn % 4))}"`],
  },
  'contacts counted': { sql: 'SELECT count(*) FROM contacts' },
  'accounts by name': { sql: 'SELECT * FROM accounts ORDER BY lower(name), id LIMIT 101' },
  'accounts by revenue': { sql: 'SELECT * FROM accounts ORDER BY annual_revenue DESC, id DESC LIMIT 101' },
  'accounts of an industry': {
    sql: `SELECT * FROM accounts WHERE industry = 'Healthcare' ORDER BY lower(name) LIMIT 101`,
  },
  'opportunities by name': { sql: `${dealRow} ORDER BY lower(o.name), o.id LIMIT 101` },
  'opportunities by amount': { sql: `${dealRow} ORDER BY o.amount DESC, o.id DESC LIMIT 101` },
  'opportunities in negotiation by close date': {
    sql: `${dealRow} WHERE o.stage = 'negotiation' ORDER BY o.close_date LIMIT 101`,
  },
  'opportunities of an account': {
    sql: `${dealRow} WHERE o.account_id = ? ORDER BY lower(o.name) LIMIT 101`,
    params: (sample, turn) => [nth(sample.accounts, turn)],
  },
  'a contact': {
    sql: `${contactRow} WHERE c.id = ?`,
    params: (sample, turn) => [nth(sample.contacts, turn)],
  },
  'an account': {
    sql: 'SELECT * FROM accounts WHERE id = ?',
    params: (sample, turn) => [nth(sample.accounts, turn)],
  },
  'an opportunity': {
    sql: `${dealRow} WHERE o.id = ?`,
    params: (sample, turn) => [nth(sample.opportunities, turn)],
  },
  'timeline of an account': timeline('activity_accounts', 'account_id', (sample) => sample.accounts),
  'timeline of a contact': timeline('activity_contacts', 'contact_id', (sample) => sample.contacts),
  'timeline of an opportunity': timeline(
    'activity_opportunities',
    'opportunity_id',
    (sample) => sample.opportunities,
  ),
};

/** The same rows in SQLite, in a file, through Node's own binding. */
export class SqlitePeer implements AsyncDisposable {
  readonly #db: DatabaseSync;
  readonly #folder: string;

  private constructor(db: DatabaseSync, folder: string) {
    this.#db = db;
    this.#folder = folder;
  }

  static async load(story: Iterable<RowGroup>): Promise<SqlitePeer> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'satchel-sqlite-'));
    const db = new DatabaseSync(path.join(folder, 'peer.db'));
    // A commit is on the disk when it returns, as it is in Satchel.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -131072;');
    for (const table of tables) {
      const columns = demoTables[table].map((column) => (column === 'id' ? 'id TEXT PRIMARY KEY' : column));
      db.exec(`CREATE TABLE ${table} (${columns.join(', ')})`);
    }
    const inserts = tables.map((table) => {
      const columns = demoTables[table];
      return {
        table,
        columns,
        insert: db.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`),
      };
    });
    db.exec('BEGIN');
    for (const group of story) {
      for (const { table, columns, insert } of inserts) {
        const rows: readonly Readonly<Record<string, Cell>>[] = group[table] ?? [];
        for (const row of rows) insert.run(...columns.map((column) => storable(row[column] ?? null)));
      }
    }
    db.exec('COMMIT');
    db.exec(indexes);
    return new SqlitePeer(db, folder);
  }

  /** Whether the screen can be asked for here. */
  knows(screen: string): boolean {
    return screen in questions;
  }

  show(screen: string, sample: Sample, turn: number): void {
    const question = questions[screen];
    if (!question) throw new Error(`SQLite was not taught the screen "${screen}".`);
    this.#db.prepare(question.sql).all(...(question.params?.(sample, turn) ?? []));
  }

  /** One changed row, committed to the disk. */
  write(contactId: string, title: string): void {
    this.#db.prepare('UPDATE contacts SET job_title = ? WHERE id = ?').run(title, contactId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#db.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function storable(cell: Cell): string | number | null {
  return typeof cell === 'boolean' ? Number(cell) : cell;
}
