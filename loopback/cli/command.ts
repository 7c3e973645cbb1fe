import path from 'node:path';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { type OpenedApplication, openApplication } from '#core/application.ts';
import type { Identity } from '#core/context.ts';
import { defaultDataDir } from '#core/platform/host/data-dir.ts';
import type { ContractClient } from '#shared/contract/contract.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { type Output, terminalOutput } from './output.ts';

/** Extended by the options of a command. A value that does not fit is a mistake in the usage, told in the schema's words. */
export const commonOptions = z.object({ dataDir: z.string().optional(), json: z.boolean().optional() });
type CommonOptions = z.infer<typeof commonOptions>;

/** What a command is run with. */
export interface Invocation {
  readonly output: Output;
  /** Absolute. */
  readonly dataDir: string;
  /** Aborts when the person presses Ctrl+C: stop between two transactions, say what was done. */
  readonly signal: AbortSignal;
}

/** The invocation with the data directory open and its workspace known. */
export interface WorkspaceInvocation extends Invocation {
  readonly application: OpenedApplication;
  readonly identity: Identity;
}

/** A command with the options that all have. */
export function satchelCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option(
      '-d, --data-dir <directory>',
      'where the workspace is kept (default: $SATCHEL_DATA_DIR, else yours)',
    )
    .option('--json', 'print one JSON document');
}

/**
 * Wraps a command's action: gives it its checked options, its invocation and a signal that Ctrl+C aborts. A command that `endsAtOnce` has no
 * say in it: the system ends the process, which no stored data minds.
 */
export function action<Options extends CommonOptions>(
  schema: z.ZodType<Options>,
  run: (invocation: Invocation, options: Options, args: string[]) => Promise<void>,
  { endsAtOnce = false } = {},
): (...parameters: unknown[]) => Promise<void> {
  return async (...parameters) => {
    // Commander calls with each argument, then the options, then the command itself.
    const command = parameters.at(-1) as Command;
    const options = checkedOptions(schema, command.opts());
    const cancel = new AbortController();
    const onInterrupt = () => cancel.abort(new Cancelled('Cancelled.'));
    if (!endsAtOnce) {
      process.once('SIGINT', onInterrupt);
      process.once('SIGTERM', onInterrupt);
    }
    try {
      await run(
        {
          output: terminalOutput({ json: options.json === true }),
          dataDir: options.dataDir === undefined ? defaultDataDir() : fromCallersDirectory(options.dataDir),
          signal: cancel.signal,
        },
        options,
        command.args,
      );
    } finally {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    }
  };
}

function checkedOptions<Options>(schema: z.ZodType<Options>, given: unknown): Options {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = String(issue?.path[0]).replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
  throw new CommanderError(2, 'satchel.option', `Option --${name}: ${issue?.message}`);
}

/** Opens the data directory for the time of `run`. */
export async function withApplication(
  invocation: Invocation,
  options: { readonly mustExist?: boolean },
  run: (application: OpenedApplication) => Promise<void>,
): Promise<void> {
  const application = await openApplication({
    dataDir: invocation.dataDir,
    program: 'the satchel command',
    onUpgrade: ({ step, done, total }) =>
      invocation.output.progress(`Upgrading the database: ${step}, ${Math.floor((100 * done) / total)} %`),
    ...options,
  });
  invocation.output.progress();
  try {
    await run(application);
    invocation.signal.throwIfAborted();
  } finally {
    await application.close();
  }
}

/** The contract as this command calls it: nobody waits at a window, so that long work may hold the database. */
export async function clientOf(application: OpenedApplication): Promise<ContractClient> {
  // Loaded by the commands that call it: a query starts a sixth of a second sooner without it.
  const { contractClient } = await import('#core/client.ts');
  return contractClient(application, { pace: 'bulk' });
}

/** Opens the data directory for the time of `run`, and needs a workspace in it. */
export function withWorkspace(
  invocation: Invocation,
  run: (invocation: WorkspaceInvocation) => Promise<void>,
): Promise<void> {
  return withApplication(invocation, { mustExist: true }, async (application) => {
    const identity = await application.identity();
    if (!identity) throw noWorkspace(invocation.dataDir);
    await run({ ...invocation, application, identity });
  });
}

function noWorkspace(dataDir: string): SatchelError {
  return new SatchelError(
    'not_found',
    say`There is no workspace in ${dataDir}. Create one with: satchel init --data-dir ${dataDir} --workspace NAME`,
  );
}

/** Of Linux, the longest of all systems. */
const longestPath = 4_096;

/**
 * An absolute path for what the caller typed. npm runs scripts in the project's root and tells in INIT_CWD where it was
 * called; an installed `satchel` that happens to run below some other npm script is not meant by it.
 */
export function fromCallersDirectory(file: string): string {
  // Most often a variable of the shell that is not set; the caller's directory is not meant.
  if (file === '') throw new SatchelError('invalid', say`The name of a file or directory is empty.`);
  if (file.length > longestPath) {
    throw new SatchelError('invalid', say`The name of a file or directory is too long.`);
  }
  const isNpmScript = process.env['npm_lifecycle_event'] === 'satchel';
  const from = (isNpmScript ? process.env['INIT_CWD'] : undefined) ?? process.cwd();
  return path.resolve(from, file);
}

/** Thrown when the person pressed Ctrl+C. */
export class Cancelled extends Error {}
