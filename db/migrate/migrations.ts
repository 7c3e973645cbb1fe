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

/** `shared` is what both homes have; `local` is what only a laptop has. */
export type MigrationHome = 'shared' | 'local';

const migrationsFolder = fileURLToPath(new URL('../migrations/', import.meta.url));
const filePattern = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** All migrations of the given homes in the order of their numbers, which are unique over both. */
export async function readMigrations(
  homes: readonly MigrationHome[] = ['shared', 'local'],
  folder = migrationsFolder,
): Promise<Migration[]> {
  const found = await Promise.all(homes.map((home) => readFolder(join(folder, home))));
  const migrations = found.flat().sort((a, b) => a.number - b.number);
  for (const [index, { number, name }] of migrations.entries()) {
    const twin = migrations[index + 1];
    if (twin?.number === number) {
      throw new SatchelError(
        'internal',
        say`Two migrations have the number ${number}: ${name} and ${twin.name}.`,
      );
    }
  }
  return migrations;
}

async function readFolder(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  return Promise.all(
    names.map(async (name) => {
      const number = filePattern.exec(name)?.[1];
      if (!number) throw new SatchelError('internal', say`A migration is named NNNN_name.sql, not ${name}.`);
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { number: Number(number), name, sql, checksum };
    }),
  );
}
