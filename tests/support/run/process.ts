import { spawn } from 'node:child_process';

export interface Ended {
  readonly code: number;
  readonly stderr: string;
}

/**
 * Runs a program with its output on this terminal.
 *
 * @param command the program and its arguments
 * @param options.timeoutMs after it the program is killed and counts as failed
 * @param options.env added to this process's environment
 */
export function run(
  command: readonly [string, ...string[]],
  options: { timeoutMs?: number; env?: Record<string, string>; quiet?: boolean } = {},
): Promise<Ended> {
  const [program, ...args] = command;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      stdio: ['ignore', options.quiet ? 'ignore' : 'inherit', 'pipe'],
      env: { ...process.env, ...options.env },
      shell: process.platform === 'win32',
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-20_000);
      if (!options.quiet) process.stderr.write(chunk);
    });
    const timer = options.timeoutMs && setTimeout(() => child.kill('SIGKILL'), options.timeoutMs);
    const end = (code: number, message = stderr) => {
      if (timer) clearTimeout(timer);
      resolve({ code, stderr: message });
    };
    child.on('error', (error) => end(127, error.message));
    child.on('close', (code) => end(code ?? 1));
  });
}
