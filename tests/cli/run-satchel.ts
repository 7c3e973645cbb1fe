import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const entry = path.resolve('loopback/cli/main.ts');

/** Starts the command line as `npm run satchel` does, in `cwd`. */
export function spawnSatchel(
  args: readonly string[],
  cwd: string,
  given: Readonly<Record<string, string>> = {},
) {
  const { npm_lifecycle_event: _event, INIT_CWD: _initCwd, SATCHEL_DATA_DIR: _dataDir, ...env } = process.env;
  return spawn(process.execPath, [entry, ...args], { cwd, env: { ...env, ...given } });
}

/** Runs the command line to its end. */
export function satchel(
  args: readonly string[],
  cwd: string,
  given: Readonly<Record<string, string>> = {},
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = spawnSatchel(args, cwd, given);
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
