import { implement } from '@orpc/server';
import { keptData } from '#db/engine/kept-data.ts';
import { dataDirectory } from '#db/engine/layout.ts';
import { lastVerifiedBackup } from '#db/start/inspect.ts';
import { contract } from '#shared/contract/contract.ts';
import { SatchelError } from '#shared/errors.ts';
import { type Message, say } from '#shared/message.ts';
import { systemClock } from '#shared/runtime.ts';
import { silentLog } from '../../log.ts';
import { restoreInto } from '../../storage/storage.ts';
import { type ConnectionServer, connectionServer } from './serve-connection.ts';

export interface DamagedServer {
  readonly server: ConnectionServer;
  /** The person decided, and the directory is to be opened by a new worker. */
  readonly needsRestart: () => boolean;
}

/**
 * Answers for a directory that cannot be opened: its status, for the recovery screen, what its person decides there, and
 * `corrupt` to everything else. Nothing in the directory is changed before that decision.
 */
export function damagedServer(dataDir: string, reason: Message): DamagedServer {
  const foundAt = new Date(systemClock.now()).toISOString();
  let isDecided = false;
  let isRestoring = false;
  const procedures = implement(contract);
  const router = {
    workspace: {
      status: procedures.workspace.status.handler(async () => {
        const backup = lastVerifiedBackup(dataDir);
        const kept = await keptData(dataDirectory(dataDir));
        return {
          state: 'damaged' as const,
          reason,
          foundAt,
          directory: dataDir,
          lastVerifiedBackup: backup ? { file: backup.file, at: backup.created } : null,
          kept: kept.map(({ name, by }) => ({ name, by })),
        };
      }),
      recover: procedures.workspace.recover.handler(async ({ input }) => {
        if (isRestoring) throw new SatchelError('busy', say`The backup is being restored already.`);
        if (input.how === 'restore_backup') {
          isRestoring = true;
          try {
            await restoreInto({ file: lastBackupFile(dataDir), dataDir, replace: true });
          } finally {
            isRestoring = false;
          }
        }
        isDecided = true;
        return {};
      }),
    },
  };
  return {
    server: connectionServer(router, {}, silentLog, () => new SatchelError('corrupt', reason)),
    needsRestart: () => isDecided,
  };
}

function lastBackupFile(dataDir: string): string {
  const backup = lastVerifiedBackup(dataDir);
  if (!backup) throw new SatchelError('not_found', say`There is no verified backup of this workspace.`);
  return backup.file;
}
