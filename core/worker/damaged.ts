import { implement } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import { SatchelError } from '#shared/errors.ts';
import { lastVerifiedBackup } from '../backup/last-backup.ts';
import { silentLog } from '../log.ts';
import { connectionServer, type ServeConnection } from './serve-connection.ts';

/**
 * Answers for a directory that cannot be opened: its status, for the recovery screen, and `corrupt` to everything else.
 * Nothing in the directory is changed.
 */
export async function damagedServer(dataDir: string, reason: string): Promise<ServeConnection> {
  const backup = await lastVerifiedBackup(dataDir);
  const procedures = implement(contract);
  const router = {
    workspace: {
      status: procedures.workspace.status.handler(() => ({
        state: 'damaged' as const,
        reason,
        lastVerifiedBackup: backup,
      })),
    },
  };
  return connectionServer(router, {}, silentLog, () => new SatchelError('corrupt', reason));
}
