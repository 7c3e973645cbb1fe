import { defineConfig } from '@playwright/test';
import { browserLaunchOptions } from '../support/browser.ts';

/** The interface as a person uses it: a real Chromium on the real loopback shell, engine and all. */
export default defineConfig({
  testDir: '.',
  globalSetup: '../support/run/temporary.ts',
  outputDir: '../../test-results/e2e',
  // For what hangs only: on a busy machine everything takes ten times as long. So no test has a limit of its own.
  timeout: 20 * 60_000,
  expect: { timeout: 120_000 },
  // Where much is broken nobody waits for the limit of each test.
  maxFailures: 10,
  // Each worker runs an engine of its own; two would share the cores of a small machine.
  workers: 1,
  // In CI the machine is not ours alone, and a browser is much machinery. What needed it is named at the end of the run.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: process.env['CI'] === 'true',
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    actionTimeout: 120_000,
    timezoneId: 'Europe/Berlin',
    trace: 'retain-on-failure',
    launchOptions: browserLaunchOptions(),
  },
});
