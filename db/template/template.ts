import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { postgresMajor } from '../engine/cluster.ts';
import { templateMark } from '../engine/copy-template.ts';
import type { Migration } from '../migrate/migrations.ts';

const builtFolder = fileURLToPath(new URL('../../.cache/template/', import.meta.url));
const shippedFolder = besideArchive(fileURLToPath(new URL('../../resources/template/', import.meta.url)));

/** A template serves exactly the PGlite and the migrations it was built from; the key names both. */
export function templateKey(migrations: readonly Migration[]): string {
  const hash = createHash('sha256');
  hash.update(`${postgresMajor} ${pgliteVersion()} layout-2`);
  for (const { name, checksum } of migrations) hash.update(`${name} ${checksum}\n`);
  return hash.digest('hex').slice(0, 16);
}

export function builtTemplate(migrations: readonly Migration[]): string {
  return join(builtFolder, templateKey(migrations));
}

/** The template cluster for these migrations, shipped or built; undefined where there is none, then initdb serves. */
export async function findTemplate(migrations: readonly Migration[]): Promise<string | undefined> {
  const key = templateKey(migrations);
  return [join(shippedFolder, key), join(builtFolder, key)].find((path) =>
    existsSync(join(path, templateMark)),
  );
}

function pgliteVersion(): string {
  const path = fileURLToPath(new URL('../package.json', import.meta.resolve('@electric-sql/pglite')));
  const found: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const hasVersion = typeof found === 'object' && found !== null && 'version' in found;
  return hasVersion ? String(found.version) : '';
}

/**
 * Where the desktop app keeps the files that are copied as files. Electron lets single files of its archive be read as
 * if they lay there, but a folder cannot be copied out of it.
 */
export function besideArchive(folder: string): string {
  return folder.replace(/\bapp\.asar(?=[\\/])/, 'app.asar.unpacked');
}
