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
 * Opens an address in a window without a browser's bars, by the first browser that runs.
 *
 * @param onLateFailure told when the window looked open and its browser then ended with an error
 * @returns false where there is no display or no such browser; then the person opens the address themselves
 */
export async function openBrowserWindow(
  address: string,
  onLateFailure: () => void = () => undefined,
): Promise<boolean> {
  if (!hasDisplay()) return false;
  for (const browser of candidates()) {
    const isInstalled = await access(browser).then(
      () => true,
      () => false,
    );
    if (isInstalled && (await opens(browser, address, onLateFailure))) return true;
  }
  return false;
}

export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

function opens(browser: string, address: string, onLateFailure: () => void): Promise<boolean> {
  const args = [`--app=${address}`, '--no-first-run', '--no-default-browser-check'];
  // Chromium refuses to run as root with its sandbox, which needs an ordinary user.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  const child = spawn(browser, args, { detached: true, stdio: 'ignore' });
  child.unref();
  return new Promise((resolve) => {
    let isOpen = false;
    child.once('error', () => resolve(false));
    child.once('exit', (code) => {
      if (isOpen && code !== 0) onLateFailure();
      // One that hands the address to a running browser ends at once without an error.
      resolve(code === 0);
    });
    setTimeout(() => {
      isOpen = true;
      resolve(true);
    }, failsWithinMs);
  });
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
