import { readFile } from 'node:fs/promises';

/**
 * PGlite's program as a module that threads share. Whoever keeps it also keeps the machine code that the runtime has made
 * of it: a worker that is replaced need not have that made again, of which one function alone takes 600 MB for a second.
 */
export async function compileDatabase(): Promise<WebAssembly.Module> {
  const file = new URL('pglite.wasm', import.meta.resolve('@electric-sql/pglite'));
  return WebAssembly.compile(await readFile(file));
}
