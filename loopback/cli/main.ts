#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { packageVersion } from '../locations.ts';
import { backupCommand } from './backup.ts';
import { Cancelled } from './command.ts';
import { demoCommand } from './demo.ts';
import { doctorCommand } from './doctor.ts';
import { importCommand } from './import.ts';
import { importsCommand } from './imports.ts';
import { initCommand } from './init.ts';
import { reportFailure, toJson } from './output.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { sqlCommand } from './sql.ts';

const wantsJson = process.argv.includes('--json');

const program = new Command('satchel')
  .description(
    'Satchel, a CRM that lives on your laptop. Each command works on a data directory without a window.',
  )
  .version(packageVersion())
  .showHelpAfterError('Run "satchel --help" for the commands.');
const commands = [
  initCommand(),
  serveCommand(),
  demoCommand(),
  importCommand(),
  importsCommand(),
  sqlCommand(),
  backupCommand(),
  restoreCommand(),
  doctorCommand(),
];
for (const command of commands) program.addCommand(command);
/** The help or the version, where it is to be a JSON document. */
let asked = '';
failByThrowing(program);

try {
  await program.parseAsync(operandsLast(process.argv.slice(2)), { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) {
    if (wantsJson && error.code === 'commander.version') printDocument({ version: asked.trim() });
    else if (wantsJson && error.exitCode === 0) printDocument({ help: asked });
    else if (error.exitCode !== 0) fail(new SatchelError('invalid', say`${usageMessage(error)}`), 2);
  } else if (error instanceof Cancelled) {
    // Ctrl+C: what was done so far is kept, what was begun is undone.
    process.exitCode = 130;
  } else if (!isReaderGone(error)) {
    fail(error, 1);
  }
}

/**
 * Sets what begins with a minus and has not the form of an option (a query that begins with a comment, a negative
 * number) behind the options, where it is taken as it stands.
 */
function operandsLast(args: readonly string[]): string[] {
  if (args.includes('--')) return [...args];
  const isOperand = (arg: string) =>
    arg.startsWith('-') && !/^-(?:-?[a-z][\w-]*(?:=.*)?|[a-z].*)?$/is.test(arg);
  const operands = args.filter(isOperand);
  return operands.length === 0 ? [...args] : [...args.filter((arg) => !isOperand(arg)), '--', ...operands];
}

/** Whoever read the output, such as `head`, has seen enough: the rest is not wanted, and that is no failure. */
function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}

/** Mistakes in the usage come back here, to be reported like every other failure. */
function failByThrowing(command: Command): void {
  command.exitOverride().configureOutput({
    writeErr: () => undefined,
    ...(wantsJson && {
      writeOut: (text: string) => {
        asked += text;
      },
    }),
  });
  for (const inner of command.commands) failByThrowing(inner);
}

function printDocument(document: object): void {
  process.stdout.write(`${toJson(document)}\n`);
}

function fail(error: unknown, exitCode: number): void {
  reportFailure(error, { json: wantsJson });
  process.exitCode = exitCode;
  // A database that could not be opened may keep the process alive for ever.
  setTimeout(() => process.exit(), 1_000).unref();
}

function usageMessage(error: CommanderError): string {
  // Commander's own code for a call without any command.
  if (error.code === 'commander.help') return 'Say which command. Run "satchel --help" for the commands.';
  const message = error.message.replace(/^error: /, '').replace(/\.$/, '');
  return `${message[0]?.toUpperCase() ?? ''}${message.slice(1)}. Run "satchel --help" for the commands.`;
}
