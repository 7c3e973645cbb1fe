import { implement } from '@orpc/server';
import { lastVerifiedBackup } from '#db/engine/inspect.ts';
import { contract } from '#shared/contract/contract.ts';
import { SatchelError } from '#shared/errors.ts';
import { silentLog } from '../log.ts';
import { connectionServer, type ServeConnection } from './serve-connection.ts';

/**
 * Answers for a directory that cannot be opened: its status, for the recovery screen, and `corrupt` to everything else.
 * Nothing in the directory is changed.
 */
export function damagedServer(dataDir: string, reason: string): ServeConnection {
  const backup = lastVerifiedBackup(dataDir);
  const procedures = implement(contract);
  const router = {
    workspace: {
      status: procedures.workspace.status.handler(() => ({
        state: 'damaged' as const,
        reason,
        lastVerifiedBackup: backup ? { file: backup.file, at: backup.created } : null,
      })),
    },
  };
  return connectionServer(router, {}, silentLog, () => new SatchelError('corrupt', reason));
}
