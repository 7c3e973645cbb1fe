import { restoreBackup } from '#db/engine/backup/restore-backup.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { say } from './open-ledger.ts';

// Puts a backup in the place of the data that is there, and is killed at some moment.
const [dataDir = '', file = ''] = process.argv.slice(2);
say({ restoring: true });
await restoreBackup(file, dataDir, { clock: systemClock, ids: systemIds, replace: true });
say({ restored: true });
