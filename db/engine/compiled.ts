import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';

/**
 * PGlite's program as a module that threads share. Whoever keeps it also keeps the machine code that the runtime has made
 * of it: a worker that is replaced need not have that made again, of which one function alone takes 600 MB for a second.
 */
export async function compileDatabase(): Promise<WebAssembly.Module> {
  // The runtime would compile four of its functions at a time, for one computer's whole memory and both its cores, while
  // the application starts.
  setFlagsFromString('--wasm-num-compilation-tasks=1');
  const file = new URL('pglite.wasm', import.meta.resolve('@electric-sql/pglite'));
  return WebAssembly.compile(await readFile(file));
}
