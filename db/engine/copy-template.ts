import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * Written into a template when it is whole; its absence marks one that was cut short. It lists the folders, as JSON: a
 * package leaves out the empty ones, without which PostgreSQL does not start.
 */
export const templateMark = 'SATCHEL_TEMPLATE';

/** Copies a template to `target`, with the folders that a package left out. */
export async function copyTemplate(template: string, target: string): Promise<void> {
  await cp(template, target, { recursive: true, preserveTimestamps: true });
  const folders = foldersSchema.parse(JSON.parse(await readFile(join(template, templateMark), 'utf8')));
  for (const folder of folders) await mkdir(join(target, folder), { recursive: true });
}

const foldersSchema = z.array(z.string());
