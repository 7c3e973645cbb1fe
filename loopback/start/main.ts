import { defaultDataDir } from '#core/platform/host/data-dir.ts';
import { SatchelError } from '#shared/errors.ts';
import { hasDisplay, openBrowserWindow } from './browser-window.ts';
import { ensureBuilt } from './build.ts';
import { runDesktop } from './desktop.ts';
import { electronBinary, isElectronWithinReach } from './electron-binary.ts';
import { serve } from './serve.ts';

/**
 * `npm start`: the desktop shell where Electron can be had and there is a display; otherwise one line that says why
 * not, and the loopback shell in a browser's window, or its address. It never ends in a stack trace.
 */
const say = (line: string) => process.stdout.write(`${line}\n`);

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

try {
  const reason = await openDesktop();
  if (reason && !stop.signal.aborted) {
    say(reason);
    await openLoopback();
  }
} catch (error) {
  const message =
    error instanceof SatchelError
      ? error.message
      : `Satchel could not start: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  process.exitCode = 1;
}

/** @returns why the desktop shell could not be opened; undefined when it was, and has ended */
async function openDesktop(): Promise<string | undefined> {
  if (!hasDisplay()) {
    return (await isElectronWithinReach())
      ? 'There is no display for Electron’s window, so Satchel is for a browser on this computer.'
      : 'Electron’s binary cannot be downloaded here and there is no display, so Satchel is for a browser on this computer.';
  }
  const binary = await electronBinary(say);
  if (!binary) return 'Electron’s binary cannot be downloaded here, so Satchel opens in your browser.';
  await ensureBuilt('renderer', () => say('Building the interface …'));
  await ensureBuilt('electron', () => say('Building the desktop shell …'));
  const hasRun = await runDesktop(binary, stop.signal);
  return hasRun ? undefined : 'Electron does not run on this computer, so Satchel opens in your browser.';
}

async function openLoopback(): Promise<void> {
  await serve({
    dataDir: defaultDataDir(),
    port: 0,
    signal: stop.signal,
    note: say,
    onAddress: async (server) => {
      const offer = () =>
        say(`Open ${server.issueAddress()} in a browser on this computer. Press Ctrl+C here to quit.`);
      const isOpen = await openBrowserWindow(server.issueAddress(), () => {
        say('The browser’s window ended with an error.');
        offer();
      });
      if (!isOpen) offer();
      else if (process.stdin.isTTY) {
        say('Satchel is open. Press Ctrl+C here to quit; press Enter for an address to open elsewhere.');
      } else say('Satchel is open. Press Ctrl+C here to quit.');
    },
  });
}
