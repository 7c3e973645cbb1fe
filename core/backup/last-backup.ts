import { readFile } from 'node:fs/promises';
import { verifiedBackupSchema } from '#db/engine/backup/manifest.ts';
import { dataDirectory } from '#db/engine/layout.ts';

/** The newest backup that was restored and compared, as the data directory remembers it; null where there is none. */
export async function lastVerifiedBackup(dataDir: string): Promise<{ file: string; at: string } | null> {
  try {
    const text = await readFile(dataDirectory(dataDir).lastBackup, 'utf8');
    const backup = verifiedBackupSchema.parse(JSON.parse(text));
    return { file: backup.file, at: backup.created };
  } catch {
    return null;
  }
}
