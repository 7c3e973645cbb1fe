/**
 * Where a test run puts what it needs for a while: a folder named after its process, so that the next run can tell what a
 * run that was cut off left behind, and removes it. The programs that a run starts find it as their temporary directory.
 */
import { accessSync, chmodSync, constants, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const prefix = 'satchel-run-';
const inMemory = '/dev/shm';

/** Makes the folder and removes what others left. @returns what removes it; nothing to do inside of another run */
export function openTemporaryFolder(): () => void {
  const parent = tmpdir();
  if (path.basename(parent).startsWith(prefix)) return () => undefined;
  const folders = [parent, inMemory].filter(canWrite).map((place) => {
    removeAbandoned(place);
    const folder = path.join(place, `${prefix}${process.pid}`);
    mkdirSync(folder, { recursive: true });
    // A database server runs as a user of its own, and must reach its directory.
    chmodSync(folder, 0o711);
    return folder;
  });
  const own = path.join(parent, `${prefix}${process.pid}`);
  const before = { TMPDIR: process.env['TMPDIR'], TEMP: process.env['TEMP'], TMP: process.env['TMP'] };
  for (const name of Object.keys(before)) process.env[name] = own;
  return () => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}

/** The run's folder in memory where the system has one, else in its temporary directory. */
export function memoryFolder(): string {
  const folder = path.join(inMemory, path.basename(tmpdir()));
  return canWrite(folder) ? folder : tmpdir();
}

function removeAbandoned(place: string): void {
  for (const name of readdirSync(place)) {
    const folder = path.join(place, name);
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length) : Number.NaN);
    if (!Number.isInteger(pid) || isRunning(pid) || !isOurs(folder)) continue;
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's is none that we may ask, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function isOurs(folder: string): boolean {
  try {
    return process.getuid === undefined || statSync(folder).uid === process.getuid();
  } catch {
    // Another run removed it meanwhile.
    return false;
  }
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Vitest and Playwright call this before the tests, and what it returns after them. */
export default openTemporaryFolder;
