import { accessSync, constants, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A temporary directory in memory where the system has one. A killed process leaves its writes with the kernel whatever
 * the disk is, so these tests need none; the power cut keeps a disk of its own in its model.
 */
export function fastDirectory(prefix: string): string {
  return mkdtempSync(join(canWrite('/dev/shm') ? '/dev/shm' : tmpdir(), prefix));
}

function canWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
