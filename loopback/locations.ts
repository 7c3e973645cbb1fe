import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** In a checkout the source runs as it is; where Satchel is installed, one bundle in `dist`. */
export const isCheckout = import.meta.url.endsWith('.ts');

/** The project's root, or the installed package's. */
export const rootDirectory = path.join(import.meta.dirname, '..');

export const rendererDirectory = path.join(rootDirectory, 'dist', 'renderer');

export function packageVersion(): string {
  const text = readFileSync(path.join(rootDirectory, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
