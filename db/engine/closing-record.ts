import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { writeFileDurably } from './durable-write.ts';
import type { DataDirectory } from './layout.ts';

const recordSchema = z.object({
  /** SHA-256 of the control file at the close. PostgreSQL rewrites it at every start, so an old record never counts. */
  control: z.string(),
  sizes: z.record(z.string(), z.number()),
});

/**
 * Notes the size of every relation file after an orderly close. PostgreSQL takes a file's size for the size of its
 * table, so rows of a truncated file would be missing without a word.
 */
export async function writeClosingRecord(directory: DataDirectory): Promise<void> {
  const sizes = await relationSizes(directory.cluster);
  writeFileDurably(recordPath(directory), JSON.stringify({ control: controlHash(directory), sizes }));
}

/** Throws `corrupt` when files have gone or changed size since the orderly close that came last, if one did. */
export async function checkClosingRecord(directory: DataDirectory): Promise<void> {
  const path = recordPath(directory);
  if (!existsSync(path) || !existsSync(controlPath(directory))) return;
  const parsed = recordSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success || parsed.data.control !== controlHash(directory)) return;
  const found = await relationSizes(directory.cluster);
  const changed = Object.entries(parsed.data.sizes).filter(([file, size]) => found[file] !== size);
  const [first] = changed;
  if (!first) return;
  const [file, size] = first;
  const now = found[file] === undefined ? 'is missing' : `has ${found[file]} bytes instead of ${size}`;
  const others = changed.length > 1 ? ` and ${changed.length - 1} more files changed` : '';
  throw new SatchelError(
    'corrupt',
    say`The database in ${directory.root} was damaged from outside since it was last closed: ${file} ${now}${others}. Nothing was changed or repaired. Restore the last verified backup.`,
    { details: { directory: directory.root, files: changed.slice(0, 20).map(([name]) => name) } },
  );
}

const recordPath = (directory: DataDirectory) => join(directory.root, 'closing-record.json');
const controlPath = (directory: DataDirectory) => join(directory.cluster, 'global', 'pg_control');

function controlHash(directory: DataDirectory): string {
  return createHash('sha256')
    .update(readFileSync(controlPath(directory)))
    .digest('hex');
}

async function relationSizes(cluster: string): Promise<Record<string, number>> {
  const entries = await readdir(join(cluster, 'base'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /^\d/.test(entry.name));
  const sized = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(cluster.length + 1).replaceAll('\\', '/'), (await stat(path)).size] as const;
    }),
  );
  return Object.fromEntries(sized);
}
