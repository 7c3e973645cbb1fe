import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface KilledRun {
  /** Everything the process said, also what was in the pipe when it died. */
  readonly said: Record<string, unknown>[];
  readonly errors: string;
  /** False when it ended by itself before the kill. */
  readonly wasKilled: boolean;
  readonly exitCode: number | null;
}

export interface KillPlan {
  readonly script: 'write' | 'migrate' | 'first-start' | 'import' | 'job' | 'restore';
  readonly args: readonly string[];
  /** Milliseconds until SIGKILL; undefined lets the process end. */
  readonly killAfter?: number;
  /** Counts the milliseconds from the first line with this key instead of from the start. */
  readonly from?: string;
}

/**
 * A process that lives for a second spends half of its processor time on making machine code that it never comes to use:
 * the database runs as its first compiler leaves it, and the code of what was imported before is kept.
 */
const shortLived = {
  flags: ['--liftoff-only'],
  env: {
    ...process.env,
    NODE_COMPILE_CACHE: fileURLToPath(new URL('../../.cache/compiled', import.meta.url)),
  },
};

export function runAndKill(plan: KillPlan): Promise<KilledRun> {
  const script = fileURLToPath(new URL(`./children/${plan.script}.ts`, import.meta.url));
  const child = spawn(process.execPath, [...shortLived.flags, script, ...plan.args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: shortLived.env,
  });
  const said: Record<string, unknown>[] = [];
  let errors = '';
  let wasKilled = false;
  const kill = () => {
    if (plan.killAfter === undefined) return;
    setTimeout(() => {
      wasKilled = child.kill('SIGKILL');
    }, plan.killAfter);
  };
  if (plan.from === undefined) kill();
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const message = JSON.parse(line) as Record<string, unknown>;
    said.push(message);
    if (plan.from !== undefined && plan.from in message) kill();
  });
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  return new Promise((resolve) => {
    child.on('close', (exitCode) => resolve({ said, errors, wasKilled, exitCode }));
  });
}
