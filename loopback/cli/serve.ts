import type { Command } from 'commander';
import { z } from 'zod';
import { openBrowserWindow } from '../start/browser-window.ts';
import { serve } from '../start/serve.ts';
import { action, commonOptions, satchelCommand } from './command.ts';
import { wholeNumber } from './whole-number.ts';

const serveOptions = commonOptions.extend({ port: wholeNumber(65_535).default(0), open: z.boolean() });

export function serveCommand(): Command {
  return satchelCommand('serve', 'Open the workspace in a browser on this computer, until Ctrl+C')
    .option('-p, --port <port>', 'the port to listen on (default: any free one)')
    .option('--no-open', 'print the address without opening a window')
    .action(
      action(serveOptions, async ({ output, dataDir, signal }, options) => {
        await serve({
          dataDir,
          port: options.port,
          signal,
          note: (line) => output.note(line),
          onAddress: async (server) => {
            const address = server.issueAddress();
            output.result({ address, port: server.port, dataDir }, () => [address]);
            if (options.open && !output.isJson) await openBrowserWindow(address);
          },
        });
      }),
    );
}
