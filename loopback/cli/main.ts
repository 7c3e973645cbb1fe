#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { SatchelError } from '#shared/errors.ts';
import { Cancelled } from './command.ts';
import { demoCommand } from './demo.ts';
import { initCommand } from './init.ts';
import { reportFailure } from './output.ts';
import { serveCommand } from './serve.ts';
import { sqlCommand } from './sql.ts';

const wantsJson = process.argv.includes('--json');

const program = new Command('satchel')
  .description(
    'Satchel, a CRM that lives on your laptop. Each command works on a data directory without a window.',
  )
  .version(process.env['npm_package_version'] ?? '0.1.0')
  .showHelpAfterError('Run "satchel --help" for the commands.');
for (const command of [initCommand(), serveCommand(), demoCommand(), sqlCommand()])
  program.addCommand(command);
for (const command of [program, ...program.commands]) {
  command.exitOverride().configureOutput({ writeErr: () => undefined });
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    if (error.exitCode !== 0) fail(new SatchelError('invalid', usageMessage(error)), 2);
  } else if (error instanceof Cancelled) {
    // Ctrl+C: what was done so far is kept, what was begun is undone.
    process.exitCode = 130;
  } else {
    fail(error, 1);
  }
}

function fail(error: unknown, exitCode: number): void {
  reportFailure(error, { json: wantsJson });
  process.exitCode = exitCode;
}

function usageMessage(error: CommanderError): string {
  const message = error.message.replace(/^error: /, '');
  return `${message[0]?.toUpperCase() ?? ''}${message.slice(1)}. Run "satchel --help" for the commands.`;
}
