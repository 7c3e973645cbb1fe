import type { StorageFacts } from '#shared/contract/storage.ts';
import type { Storage } from '../context.ts';

export async function storageFacts(storage: Storage): Promise<StorageFacts> {
  const { lastBackup, isBackupThere, kept, ...facts } = await storage.inspect();
  return {
    ...facts,
    kept: [...kept],
    lastBackup: lastBackup
      ? {
          file: lastBackup.file,
          created: lastBackup.created,
          verified: lastBackup.verified,
          bytes: lastBackup.bytes,
          isThere: isBackupThere,
        }
      : null,
  };
}
