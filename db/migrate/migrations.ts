import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';

export interface Migration {
  readonly number: number;
  /** The file's name, `0001_foundation.sql`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text with Unix line ends, so that a checkout on Windows has the same. */
  readonly checksum: string;
}

/** `shared` is what both homes have; `local` is what only a laptop has, as the file's name says: `0027_local_notifications.sql`. */
export type MigrationHome = 'shared' | 'local';

const migrationsFolder = fileURLToPath(new URL('../migrations/', import.meta.url));
const filePattern = /^(\d{4})_(local_)?[a-z0-9_]+\.sql$/;

/** All migrations of the given homes in the order of their numbers: one sequence, in which each number is used once. */
export async function readMigrations(
  homes: readonly MigrationHome[] = ['shared', 'local'],
  folder = migrationsFolder,
): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const found = await Promise.all(names.map((name) => readMigration(folder, name)));
  for (const [index, { number, name }] of found.entries()) {
    const twin = found[index + 1];
    if (twin?.number === number) {
      throw new SatchelError(
        'internal',
        say`Two migrations have the number ${number}: ${name} and ${twin.name}.`,
      );
    }
  }
  return found.filter(({ name }) => homes.includes(homeOf(name)));
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const number = filePattern.exec(name)?.[1];
  if (!number) throw new SatchelError('internal', say`A migration is named NNNN_name.sql, not ${name}.`);
  const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
  const checksum = createHash('sha256').update(sql).digest('hex');
  return { number: Number(number), name, sql, checksum };
}

function homeOf(name: string): MigrationHome {
  return filePattern.exec(name)?.[2] ? 'local' : 'shared';
}
