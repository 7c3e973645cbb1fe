import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource } from '#shared/runtime.ts';
import { openCluster } from '../cluster.ts';
import { findDamage } from '../integrity.ts';
import { dataDirectory } from '../layout.ts';
import { silentLog } from '../log.ts';
import { Session } from '../session.ts';
import { restoreBackup } from './restore-backup.ts';

export interface Verification {
  readonly created: string;
  /** Tables whose rows were counted at the end of the backup and counted again here. */
  readonly tables: number;
}

/**
 * Restores a backup into a temporary directory beside it, starts it, and checks it: every file's checksum, every page's
 * checksum, the structure of every B-tree, and the number of rows. Throws `corrupt` when anything differs.
 *
 * It needs as much room as the data, and holds its thread: inside the application use `verifyBackupInWorker`.
 */
export async function verifyBackup(file: string, clock: Clock, ids: IdSource): Promise<Verification> {
  const temporary = await mkdtemp(join(dirname(file), '.verify-'));
  const root = join(temporary, 'data');
  try {
    const manifest = await restoreBackup(file, root, { clock, ids });
    const { pg } = await openCluster(dataDirectory(root).cluster, { isDurable: false });
    const session = new Session(pg, root, silentLog);
    try {
      const problems = await findDamage(session);
      for (const [table, count] of Object.entries(manifest.counts)) {
        // The name is regclass text from the catalogue of the backup itself, quoted where needed.
        const { rows } = await session.query<{ count: number }>(
          `SELECT count(*)::int AS count FROM ${table}`,
          [],
          { label: 'verify backup' },
        );
        if (rows[0]?.count !== count)
          problems.push(`${table} has ${rows[0]?.count} rows instead of ${count}`);
      }
      if (problems.length > 0) {
        throw new SatchelError(
          'corrupt',
          say`The backup ${file} does not restore whole: ${problems.join('; ')}`,
        );
      }
    } finally {
      await pg.close();
    }
    return { created: manifest.created, tables: Object.keys(manifest.counts).length };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
