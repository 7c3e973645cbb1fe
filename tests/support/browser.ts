import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from 'playwright';
import { run } from './run/process.ts';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The Chromium that the tests use: the one named by `SATCHEL_TEST_BROWSER`, an installed one, or Playwright's. */
export function findBrowser(): string | undefined {
  const named = process.env['SATCHEL_TEST_BROWSER'];
  return [...(named ? [named] : []), ...installed, chromium.executablePath()].find((path) =>
    existsSync(path),
  );
}

/** How every test starts it: without a sandbox where the user is root, and without calls home. */
export function browserLaunchOptions(): LaunchOptions {
  const path = findBrowser();
  return {
    ...(path === undefined ? {} : { executablePath: path }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}

/**
 * Sees to it that there is one: Debian's package where it may be installed, else Playwright's own download. Where none
 * can be had, the tests that need it fail and say so.
 */
export async function ensureBrowser(): Promise<void> {
  if (findBrowser() !== undefined) return;
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium from the distribution’s packages …');
    const quiet = { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' }, timeoutMs: 300_000 };
    await run(['apt-get', 'update'], quiet);
    await run(['apt-get', 'install', '-y', '--no-install-recommends', 'chromium'], quiet);
    if (findBrowser() !== undefined) return;
  }
  console.log('Downloading Playwright’s Chromium …');
  await run(['playwright', 'install', 'chromium'], { quiet: true, timeoutMs: 300_000 });
}
