import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { openCluster } from '../../engine/cluster.ts';
import { deferredIndexes } from '../../engine/deferred-indexes.ts';
import { silentLog } from '../../engine/log.ts';
import { Session } from '../../engine/session.ts';
import type { Migration } from '../../migrate/migrations.ts';
import { appliedMigrationSchema, knownMigrations, migrate, sessionConnection } from '../../migrate/run.ts';
import { EarlierCluster } from './earlier-cluster.ts';
import {
  copyPiece,
  countIndexes,
  fingerprint,
  foreignKeyChecks,
  invalidConstraints,
  listFilledViews,
  listSequences,
  listTables,
  newSide,
  pieces,
  removableIndexes,
  type Side,
  settingsSql,
  type Table,
} from './tables.ts';

/** How far an upgrade is: bytes of the old tables that have been copied, or compared. */
export interface UpgradeProgress {
  readonly step: 'preparing' | 'copying' | 'indexing' | 'comparing';
  readonly done: number;
  readonly total: number;
}

export interface ClusterUpgrade {
  /** A copy of the old cluster: reading it writes to it. */
  readonly from: string;
  readonly major: string;
  /** Where the new cluster is made; nothing is there. */
  readonly to: string;
  readonly migrations: readonly Migration[];
  /** Puts an empty cluster at `to`; `isCurrent` when it may be one with every migration applied. */
  readonly makeCluster: (isCurrent: boolean) => Promise<void>;
  readonly onProgress: (progress: UpgradeProgress) => void;
}

const label = 'upgrade';
/** Below this an index costs less to keep than to make again. */
const largeTable = 8 * 1024 * 1024;
/** PGlite makes no checkpoint of its own, and the log would grow as large as the data. */
const bytesBetweenCheckpoints = 64 * 1024 * 1024;

/**
 * Writes the data of a cluster of an earlier major version into a new cluster of this one: the schema by the migrations
 * that the old one had, the rows by COPY, then every table compared by number of rows and checksum, every foreign key
 * looked up, every index and sequence counted. Nothing is synced. Throws `internal` when the two are not the same, and
 * `conflict` when the old one has migrations that this program does not know.
 */
export async function upgradeCluster(upgrade: ClusterUpgrade): Promise<void> {
  await using old = await EarlierCluster.open(upgrade.major, upgrade.from);
  upgrade.onProgress({ step: 'preparing', done: 0, total: 1 });
  await old.query(settingsSql, z.object({}));
  const applied = await old.query(
    'SELECT number, name, checksum FROM satchel.migrations ORDER BY number',
    appliedMigrationSchema,
  );
  const migrations = knownMigrations(applied, upgrade.migrations);
  await upgrade.makeCluster(migrations.length === upgrade.migrations.length);
  const { pg } = await openCluster(upgrade.to, { isDurable: false });
  const session = new Session(pg, upgrade.to, silentLog);
  try {
    await migrate(sessionConnection(session, label), migrations);
    await new Transfer(old, session, upgrade.onProgress).run();
    await session.script('CHECKPOINT', label);
  } finally {
    // One that stopped cannot be closed; its files are removed.
    if (!session.isStopped) await pg.close();
  }
}

class Transfer {
  readonly #old: EarlierCluster;
  readonly #session: Session;
  readonly #new: Side;
  readonly #onProgress: ClusterUpgrade['onProgress'];

  constructor(old: EarlierCluster, session: Session, onProgress: ClusterUpgrade['onProgress']) {
    this.#old = old;
    this.#session = session;
    this.#new = newSide(session);
    this.#onProgress = onProgress;
  }

  async run(): Promise<void> {
    await this.#session.query(settingsSql, [], { label });
    const tables = await listTables(this.#old);
    await this.#prepareTables(tables);
    const makeIndexes = await this.#takeIndexesAway(tables);
    // No trigger notes history or changes for sync, and no order of the tables would please all foreign keys.
    await this.#script('SET session_replication_role = replica');
    // The few rows that migrations made: the old ones, perhaps changed since, come in their place.
    for (const { name } of tables) await this.#script(`DELETE FROM ONLY ${name}`);
    await this.#copyRows(tables);
    for (const { name, last } of await listSequences(this.#old)) {
      if (last !== null)
        await this.#session.query('SELECT setval($1::regclass, $2::bigint)', [name, last], { label });
    }
    await this.#script('RESET session_replication_role');
    this.#onProgress({ step: 'indexing', done: 0, total: 1 });
    await makeIndexes();
    // Those that an interrupted import had put aside are built when the engine opens.
    for (const name of await deferredIndexes(sessionConnection(this.#session, label))) {
      await this.#script(`DROP INDEX IF EXISTS ${name}`);
    }
    for (const view of await listFilledViews(this.#old)) {
      await this.#script(`REFRESH MATERIALIZED VIEW ${view}`);
    }
    await this.#script('VACUUM (FREEZE, ANALYZE)');
    await this.#compare(tables);
  }

  #script(sql: string) {
    return this.#session.script(sql, label);
  }

  /** Makes the months that the old tables have; afterwards each old table has its counterpart. */
  async #prepareTables(tables: readonly Table[]): Promise<void> {
    const there = new Set((await listTables(this.#new)).map(({ name }) => name));
    for (const { name, root, month } of tables) {
      if (there.has(name) || month === null) continue;
      await this.#session.query('SELECT satchel.ensure_partition($1::regclass, $2::date)', [root, month], {
        label,
      });
    }
    const made = new Map((await listTables(this.#new)).map((table) => [table.name, table]));
    for (const { name, columns } of tables) {
      const counterpart = made.get(name);
      if (!counterpart) throw unequal(`there is no place for the table ${name}`);
      if (columns.toSorted().join() !== counterpart.columns.toSorted().join()) {
        throw unequal(`the table ${name} has other columns`);
      }
    }
  }

  async #takeIndexesAway(tables: readonly Table[]): Promise<() => Promise<void>> {
    const sizes = new Map<string, number>();
    for (const { root, bytes } of tables) sizes.set(root, (sizes.get(root) ?? 0) + bytes);
    const large = [...sizes].filter(([, bytes]) => bytes > largeTable).map(([root]) => root);
    const indexes = (await Promise.all(large.map((root) => removableIndexes(this.#new, root)))).flat();
    for (const { name } of indexes) await this.#script(`DROP INDEX ${name}`);
    return async () => {
      for (const { definition } of indexes) await this.#script(definition);
    };
  }

  async #copyRows(tables: readonly Table[]): Promise<void> {
    const total = tables.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    let sinceCheckpoint = 0;
    for (const table of tables) {
      const parts = pieces(table);
      for (const piece of parts) {
        const bytes = await copyPiece(this.#old, table, piece);
        if (bytes.length > 0) {
          const target = `COPY ${table.name} (${table.columns.join(', ')}) FROM '/dev/blob'`;
          await this.#session.query(target, [], { label, blob: new Blob([bytes]) });
        }
        sinceCheckpoint += bytes.length;
        if (sinceCheckpoint > bytesBetweenCheckpoints) {
          await this.#script('CHECKPOINT');
          sinceCheckpoint = 0;
        }
        done += table.bytes / parts.length;
        this.#onProgress({ step: 'copying', done: Math.round(done), total });
      }
    }
  }

  async #compare(tables: readonly Table[]): Promise<void> {
    const total = tables.reduce((sum, { bytes }) => sum + bytes, 0);
    let done = 0;
    const copies = new Map((await listTables(this.#new)).map((table) => [table.name, table]));
    for (const table of tables) {
      const copy = copies.get(table.name);
      // Under the same order of columns, which the two need not share.
      const [was, is] = await Promise.all([
        fingerprint(this.#old, table),
        copy && fingerprint(this.#new, { ...copy, columns: table.columns }),
      ]);
      if (was.rows !== is?.rows) throw unequal(`${table.name} has ${is?.rows} rows instead of ${was.rows}`);
      if (was.sum !== is.sum) throw unequal(`rows of ${table.name} differ`);
      done += table.bytes;
      this.#onProgress({ step: 'comparing', done, total });
    }
    await this.#compareRest();
  }

  async #compareRest(): Promise<void> {
    const sequences = [await listSequences(this.#old), await listSequences(this.#new)] as const;
    if (JSON.stringify(sequences[0]) !== JSON.stringify(sequences[1])) throw unequal('sequences differ');
    const invalid = await invalidConstraints(this.#new);
    if (invalid.length > 0) throw unequal(`not valid: ${invalid.join(', ')}`);
    for (const { name, sql } of await foreignKeyChecks(this.#new)) {
      const orphans = await this.#new.query(sql, z.object({ found: z.number() }));
      if (orphans.length > 0) throw unequal(`rows break the foreign key ${name}`);
    }
    const indexes = new Map((await countIndexes(this.#new)).map((found) => [found.name, found]));
    for (const { name, indexes: expected } of await countIndexes(this.#old)) {
      const found = indexes.get(name);
      if (!found || found.indexes < expected || found.unusable > 0) throw unequal(`${name} lacks an index`);
    }
  }
}

function unequal(what: string): SatchelError {
  return new SatchelError('internal', say`The upgraded copy is not the same as the original: ${what}.`);
}
