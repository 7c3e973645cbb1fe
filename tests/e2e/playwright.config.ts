import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** The interface as a person uses it: a real Chromium on the real loopback shell, engine and all. */
const installed = [process.env['SATCHEL_TEST_BROWSER'], '/usr/bin/chromium'].find(
  (file) => file !== undefined && existsSync(file),
);

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // Each worker runs an engine of its own; two would share the cores of a small machine.
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(installed ? { executablePath: installed } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
