import { type Command, InvalidArgumentError } from 'commander';
import { openBrowserWindow } from '../start/browser-window.ts';
import { serve } from '../start/serve.ts';
import { action, type CommonOptions, satchelCommand } from './command.ts';

interface ServeOptions extends CommonOptions {
  readonly port: number;
  readonly open: boolean;
}

export function serveCommand(): Command {
  return satchelCommand('serve', 'Open the workspace in a browser on this computer, until Ctrl+C')
    .option('-p, --port <port>', 'the port to listen on (default: any free one)', parsePort, 0)
    .option('--no-open', 'print the address without opening a window')
    .action(
      action<ServeOptions>(async ({ output, dataDir, signal }, options) => {
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

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/u.test(text) || port > 65_535) {
    throw new InvalidArgumentError('Use a number from 0 to 65535.');
  }
  return port;
}
