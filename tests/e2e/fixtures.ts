import { type Browser, test as base, expect, type Locator, type Page } from '@playwright/test';
import { createContractClient } from '#shared/contract/client.ts';
import type { ContractClient } from '#shared/contract/contract.ts';
import { type RunningApp, startApp } from '../support/app.ts';
import { socketTransport } from '../support/socket-transport.ts';

/** Milliseconds that an expectation waits for what is much work: an import of thousands, a restore. For what hangs only. */
export const longWork = 15 * 60_000;

interface Cookies {
  cookies: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;
  origins: [];
}

/** An app with the example firm in its workspace, and what a browser needs to open it. */
interface DemoApp {
  readonly app: RunningApp;
  readonly storageState: Cookies;
}

interface Fixtures {
  /** A page on the demo workspace. Fails the test when the page breaks its content security policy or throws. */
  readonly demo: Page;
  /** The contract as that page's window calls it, to set a stage quickly. */
  readonly api: ContractClient;
}
interface WorkerFixtures {
  readonly demoApp: DemoApp;
}

/** Records what no page may do. Call the result at the end. */
export function watch(page: Page): () => void {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy|Maximum update depth|not wrapped in act/i.test(text)) faults.push(text);
  });
  return () => expect(faults, 'faults of the page').toEqual([]);
}

export async function nameWorkspace(page: Page): Promise<void> {
  await page.getByLabel('Workspace name').fill('Halvorsen Instruments');
  await page.getByLabel('Your name').fill('Ines Halvorsen');
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** A new context's page at a place of the app. */
export async function openAt(page: Page, origin: string, place: string): Promise<void> {
  await page.goto(`${origin}/#${place}`);
  await page.getByRole('navigation').first().waitFor();
}

/** The list of an object, with its first row read and the keys its own. */
export async function openList(page: Page, origin: string, object: string): Promise<void> {
  await openAt(page, origin, `/${object}`);
  await page.locator(`[id="cell-0-0"] a[href^="#/${object}/"]`).waitFor();
  await expect(page.getByRole('grid')).toBeFocused();
}

/** Closes what Escape closes. Only when the focus has come back from it do keys go to the screen below. */
export async function escape(panel: Locator): Promise<void> {
  const page = panel.page();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.locator(':focus')).toHaveCount(1);
}

/** One key after another, as fast as they are typed: a shortcut of two keys must not wait for the screen. */
export async function pressAtOnce(page: Page, ...keys: string[]): Promise<void> {
  await Promise.all(keys.map((key) => page.keyboard.press(key)));
}

/** Types into the search box of the list that shows. */
export async function searchFor(page: Page, words: string): Promise<void> {
  await page.keyboard.press('/');
  await expect(page.getByLabel('Search this list')).toBeFocused();
  await page.keyboard.type(words);
}

async function fillDemo(browser: Browser, app: RunningApp): Promise<Cookies> {
  const page = await browser.newPage();
  await page.goto(app.address);
  await nameWorkspace(page);
  await page.getByRole('button', { name: /Look around/ }).click();
  await page.getByRole('navigation', { name: 'Main navigation' }).waitFor({ timeout: longWork });
  const { cookies } = await page.context().storageState();
  await page.close();
  return { cookies, origins: [] };
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  demoApp: [
    async ({ browser }, provide) => {
      const app = await startApp();
      try {
        await provide({ app, storageState: await fillDemo(browser, app) });
      } finally {
        await app.stop();
      }
    },
    { scope: 'worker', timeout: 20 * 60_000 },
  ],
  demo: async ({ browser, demoApp, contextOptions }, provide) => {
    const context = await browser.newContext({ ...contextOptions, storageState: demoApp.storageState });
    const page = await context.newPage();
    const check = watch(page);
    await provide(page);
    check();
    await context.close();
  },
  api: async ({ demoApp }, provide) => {
    const cookie = demoApp.storageState.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const client = createContractClient(socketTransport(Number(new URL(demoApp.app.origin).port), cookie));
    await provide(client.api);
    client.close();
  },
});

export { expect };
