import { join } from 'node:path';

/** What lies where in a data directory. Everything Satchel keeps on this machine is below it. */
export interface DataDirectory {
  readonly root: string;
  /** The PostgreSQL cluster. */
  readonly cluster: string;
  /** Locked by the running process. Never open it except through DirectoryLock: see there. */
  readonly lock: string;
  /** Who holds the lock, for the message of a second start. */
  readonly lockHolder: string;
  /** Attachments by content hash. */
  readonly files: string;
  readonly backups: string;
  readonly logs: string;
  /** Format version, id of this installation, when it was made. */
  readonly identity: string;
  /** How far the hybrid clock may have got; see ClockReservation. */
  readonly clock: string;
  /** The last backup that was restored and compared; see recordVerifiedBackup. */
  readonly lastBackup: string;
}

export function dataDirectory(root: string): DataDirectory {
  return {
    root,
    cluster: join(root, 'pg'),
    lock: join(root, 'lock.sqlite'),
    lockHolder: join(root, 'lock-holder.json'),
    files: join(root, 'files'),
    backups: join(root, 'backups'),
    logs: join(root, 'logs'),
    identity: join(root, 'satchel.json'),
    clock: join(root, 'clock.json'),
    lastBackup: join(root, 'last-backup.json'),
  };
}
