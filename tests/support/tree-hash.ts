import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Equal for two folders with the same files of the same bytes. */
export function treeHash(root: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => [join(entry.parentPath, entry.name), entry.isFile()] as const);
  for (const [path, isFile] of paths.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path.slice(root.length)}\0`);
    if (isFile) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}
