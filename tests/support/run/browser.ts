import { access } from 'node:fs/promises';
import { chromium } from 'playwright';
import { run } from './process.ts';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A Chromium for the tests: the one named by `SATCHEL_TEST_BROWSER`, an installed one, Debian's package where it may
 * be installed, or Playwright's own download.
 *
 * @returns its path, or undefined where none can be had (then the tests that need it fail and say so)
 */
export async function ensureBrowser(): Promise<string | undefined> {
  const found = await findBrowser();
  if (found) return found;
  if (process.platform === 'linux' && process.getuid?.() === 0 && (await exists('/usr/bin/apt-get'))) {
    console.log('Installing Chromium from the distribution’s packages …');
    const quiet = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 300_000 };
    await run(['apt-get', 'update'], quiet);
    await run(['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'], quiet);
    const packaged = await findBrowser();
    if (packaged) return packaged;
  }
  console.log('Downloading Playwright’s Chromium …');
  await run(['playwright', 'install', 'chromium'], { quiet: true, timeoutMs: 300_000 });
  return findBrowser();
}

async function findBrowser(): Promise<string | undefined> {
  const named = process.env['SATCHEL_TEST_BROWSER'];
  for (const path of [...(named ? [named] : []), ...installed, chromium.executablePath()]) {
    if (await exists(path)) return path;
  }
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
