import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { createWorkspace } from '#core/workspace/create.ts';
import { workspaceStatus } from '#core/workspace/status.ts';
import { contract } from '#shared/contract/contract.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { action, type CommonOptions, satchelCommand, withApplication } from './command.ts';

interface InitOptions extends CommonOptions {
  readonly workspace: string;
  readonly person?: string;
  readonly currency: string;
  readonly timezone?: string;
  readonly locale?: string;
}

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
      action<InitOptions>(async (invocation, options) => {
        const { output, dataDir } = invocation;
        const input = contract.workspace.create['~orpc'].inputSchema?.safeParse({
          name: options.workspace,
          personName: options.person ?? userInfo().username,
          currency: options.currency.toUpperCase(),
          timezone: options.timezone,
          locale: options.locale,
        });
        if (!input?.success) {
          throw new SatchelError(
            'invalid',
            say`${input?.error.issues[0]?.message ?? 'The workspace cannot be created.'}`,
          );
        }
        await withApplication(invocation, {}, async ({ app, identity }) => {
          await createWorkspace(app, input.data);
          const status = await workspaceStatus(app.engine, await identity());
          output.result({ dataDir, ...status }, () => [
            `Created the workspace “${input.data.name}” in ${dataDir}.`,
          ]);
        });
      }),
    );
}
