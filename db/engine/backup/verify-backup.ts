import { join } from 'node:path';
import { stageBackup } from './restore-backup.ts';

export interface Verification {
  readonly created: string;
  /** Tables whose rows were counted at the end of the backup and counted again here. */
  readonly tables: number;
  /** Tables that there are. */
  readonly allTables: number;
}

/**
 * Restores a backup into an empty directory and checks it as `stageBackup` tells. Throws `corrupt` when anything differs.
 *
 * It needs as much room as the data, and holds its thread: inside the application use `verifyBackupInWorker`.
 */
export async function verifyBackup(file: string, temporary: string): Promise<Verification> {
  const targets = { pg: join(temporary, 'pg'), files: join(temporary, 'files') };
  const { manifest, tables, allTables } = await stageBackup(file, targets);
  return { created: manifest.created, tables, allTables };
}
