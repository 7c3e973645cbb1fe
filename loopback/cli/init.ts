import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { z } from 'zod';
import { checked } from '#shared/contract/invalid-input.ts';
import { newWorkspaceSchema } from '#shared/contract/workspace.ts';
import { action, clientOf, commonOptions, satchelCommand, withApplication } from './command.ts';

const initOptions = commonOptions.extend({
  workspace: z.string(),
  person: z.string().optional(),
  currency: z.string(),
  timezone: z.string().optional(),
  locale: z.string().optional(),
});

export function initCommand(): Command {
  return satchelCommand('init', 'Create a workspace in a new data directory')
    .requiredOption('-w, --workspace <name>', 'the name of the workspace')
    .option('--person <name>', 'your name (default: the name you are logged in with)')
    .option('--currency <code>', 'the currency of amounts that name none', 'USD')
    .option(
      '--timezone <name>',
      'what its days are counted in, e.g. Europe/Berlin (default: that of this machine)',
    )
    .option('--locale <tag>', 'how numbers and dates are written, e.g. en-GB (default: that of this machine)')
    .action(
      action(initOptions, async (invocation, options) => {
        const { output, dataDir } = invocation;
        // Before the directory is made.
        const input = checked(newWorkspaceSchema, {
          name: options.workspace,
          personName: options.person ?? userInfo().username,
          currency: options.currency.toUpperCase(),
          timezone: options.timezone,
          locale: options.locale,
        });
        await withApplication(invocation, {}, async (application) => {
          const { workspace } = await clientOf(application);
          const status = await workspace.create(input);
          output.result({ dataDir, ...status }, () => [
            `Created the workspace “${input.name}” in ${dataDir}.`,
          ]);
        });
      }),
    );
}
