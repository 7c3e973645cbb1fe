import { defineConfig } from '@playwright/test';
import { browserLaunchOptions } from '../support/browser.ts';

/** The interface as a person uses it: a real Chromium on the real loopback shell, engine and all. */
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
    launchOptions: browserLaunchOptions(),
  },
});
