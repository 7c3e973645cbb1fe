import { chmodSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type * as Sqlite from 'node:sqlite';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock } from '#shared/runtime.ts';
import { writeFileDurably } from './durable-write.ts';
import { directoryProblem } from './file-problems.ts';
import type { DataDirectory } from './layout.ts';

export const lockHolderSchema = z.object({
  pid: z.number(),
  host: z.string(),
  program: z.string(),
  since: z.string(),
});
export type LockHolder = z.infer<typeof lockHolderSchema>;

/**
 * One process at a time on a data directory: two PGlites on one cluster lose acknowledged rows without an error.
 *
 * Node has no file locks of its own, so an exclusive transaction of SQLite on a tiny file beside the cluster stands in:
 * it holds real operating-system locks on Linux, macOS and Windows, which vanish with the process however it dies.
 * Nothing else in this process may open that file: closing any descriptor of it would drop the lock (a rule of POSIX).
 */
export class DirectoryLock {
  readonly #database: Sqlite.DatabaseSync;

  private constructor(database: Sqlite.DatabaseSync) {
    this.#database = database;
  }

  /** Throws `conflict` that names the holder when another process, or another engine of this one, has the directory. */
  static acquire(directory: DataDirectory, clock: Clock, program: string): DirectoryLock {
    let database: Sqlite.DatabaseSync | undefined;
    try {
      database = new (sqlite().DatabaseSync)(directory.lock, { timeout: 0 });
      chmodSync(directory.lock, 0o600);
      // A journal in memory: the lock file never holds anything, so there is nothing to recover after a crash.
      database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    } catch (error) {
      database?.close();
      throw lockProblem(error, directory);
    }
    const holder: LockHolder = {
      pid: process.pid,
      host: hostname(),
      program,
      since: new Date(clock.now()).toISOString(),
    };
    try {
      writeFileDurably(directory.lockHolder, JSON.stringify(holder));
    } catch (error) {
      database.close();
      throw directoryProblem(error, directory.root);
    }
    return new DirectoryLock(database);
  }

  release(): void {
    this.#database.close();
  }
}

/** Who took the lock last; undefined when nobody did yet or the note cannot be read. */
export function readLockHolder(directory: DataDirectory): LockHolder | undefined {
  try {
    return lockHolderSchema.parse(JSON.parse(readFileSync(directory.lockHolder, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whether some process holds the directory now. Takes the lock for a moment to find out. */
export function isLocked(directory: DataDirectory): boolean {
  const database = new (sqlite().DatabaseSync)(directory.lock, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    if (isSqliteBusy(error)) return true;
    throw error;
  } finally {
    database.close();
  }
}

const sqliteBusy = 5;

function isSqliteBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
}

function lockProblem(error: unknown, directory: DataDirectory): SatchelError {
  if (!isSqliteBusy(error)) return directoryProblem(error, directory.root);
  const holder = readLockHolder(directory);
  const who = holder
    ? `${holder.program} (process ${holder.pid} on ${holder.host}, since ${holder.since})`
    : 'another process';
  return new SatchelError(
    'conflict',
    say`The data directory ${directory.root} is in use by ${who}. Close it there first, or choose another directory.`,
    { details: { directory: directory.root, ...(holder && { holder }) }, cause: error },
  );
}

let loaded: typeof Sqlite | undefined;

/** Loads node:sqlite without its notice that it is experimental: the lock uses three statements that are not. */
function sqlite(): typeof Sqlite {
  if (loaded) return loaded;
  const ownWarning = Object.getOwnPropertyDescriptor(process, 'emitWarning');
  process.emitWarning = () => {};
  try {
    loaded = process.getBuiltinModule('node:sqlite');
  } finally {
    if (ownWarning) Object.defineProperty(process, 'emitWarning', ownWarning);
  }
  return loaded;
}
