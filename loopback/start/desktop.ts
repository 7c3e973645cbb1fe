import { spawn } from 'node:child_process';
import path from 'node:path';
import { rootDirectory } from '../locations.ts';

/** A binary that misses a library of the system, or its sandbox, ends at once with an error. */
const failsWithinMs = 5_000;

/**
 * Runs the desktop shell until it is quit.
 *
 * @returns false when it did not come up
 */
export function runDesktop(binary: string, signal: AbortSignal): Promise<boolean> {
  const args = [path.join(rootDirectory, 'dist', 'electron', 'main.js')];
  // As root Chromium's sandbox cannot be set up at all.
  if (process.getuid?.() === 0) args.unshift('--no-sandbox');
  const startedAt = performance.now();
  const child = spawn(binary, args, { stdio: ['ignore', 'inherit', 'ignore'] });
  // Electron quits in order when it is asked to end; the terminal has sent it Ctrl+C as well.
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0 || performance.now() - startedAt > failsWithinMs));
  });
}
