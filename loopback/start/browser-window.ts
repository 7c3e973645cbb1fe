import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';

/** A browser that cannot reach the display gives up at once. */
const failsWithinMs = 1_500;

/** Browsers that open a page as a window of its own (`--app`), by name on the path or where they are installed. */
const onPath = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
];
const onMac = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const onWindows = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Opens an address in a window without a browser's bars.
 *
 * @returns false where there is no display or no such browser; then the person opens the address themselves
 */
export async function openBrowserWindow(address: string): Promise<boolean> {
  if (!hasDisplay()) return false;
  const browser = await findBrowser();
  if (!browser) return false;
  const args = [`--app=${address}`, '--no-first-run'];
  // Chromium refuses to run as root with its sandbox, which needs an ordinary user.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const child = spawn(browser, args, { detached: true, stdio: 'ignore' });
  return new Promise((resolve) => {
    const settle = (isOpen: boolean) => {
      child.unref();
      resolve(isOpen);
    };
    child.once('error', () => settle(false));
    // One that hands the address to a running browser ends at once without an error.
    child.once('exit', (code) => settle(code === 0));
    setTimeout(() => settle(true), failsWithinMs);
  });
}

export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

async function findBrowser(): Promise<string | undefined> {
  for (const candidate of candidates()) {
    if (
      await access(candidate).then(
        () => true,
        () => false,
      )
    ) {
      return candidate;
    }
  }
  return undefined;
}

function candidates(): string[] {
  if (process.platform === 'darwin') return onMac;
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name]);
    return roots.flatMap((root) => (root ? onWindows.map((file) => path.join(root, file)) : []));
  }
  const directories = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .filter((directory) => directory !== '');
  return onPath.flatMap((name) => directories.map((directory) => path.join(directory, name)));
}
