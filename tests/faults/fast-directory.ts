import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { memoryFolder } from '../support/run/temporary.ts';

/**
 * A temporary directory in memory where the system has one. A killed process leaves its writes with the kernel whatever
 * the disk is, so these tests need none; the power cut keeps a disk of its own in its model.
 */
export function fastDirectory(prefix: string): string {
  return mkdtempSync(join(memoryFolder(), prefix));
}
