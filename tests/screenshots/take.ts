/**
 * Pictures of every screen and state, at two sizes, light and dark, on the example firm: `node tests/screenshots/take.ts
 * [folder] [part of a screen's name]`. They are for looking at, and the best are the README's.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { fakeAnswers } from '../e2e/faked-answers.ts';
import { type FakedState, fakedStates } from '../e2e/faked-screens.ts';
import { screenStates } from '../e2e/screens.ts';
import { startApp } from '../support/app.ts';
import { browserLaunchOptions } from '../support/browser.ts';

const [folder = 'test-results/screenshots', only = ''] = process.argv.slice(2);
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
];
/** Milliseconds for one step: the pictures are also taken while the machine does something else. */
const patienceMs = 240_000;
const schemes = ['light', 'dark'] as const;

async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.waitForTimeout(300);
      const file = `${name}-${String(size.width)}-${colorScheme}.png`;
      await page.screenshot({ path: path.join(folder, file) });
    }
  }
  console.log(name);
}

async function takeScreen(
  browser: Browser,
  origin: string,
  cookies: Cookies,
  screen: FakedState,
): Promise<void> {
  const context = await browser.newContext({ locale: 'en-US', storageState: { cookies, origins: [] } });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  await fakeAnswers(page, screen.answers);
  await page.goto(`${origin}/#${screen.place}`);
  await page.getByRole('main').first().waitFor();
  await screen.prepare?.(page);
  await look(page, screen.name);
  await context.close();
}

type Cookies = Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;

/** Goes through the first run, on its way taking its pictures. */
async function firstRun(browser: Browser, address: string): Promise<Cookies> {
  const page = await browser.newPage({ locale: 'en-US' });
  page.setDefaultTimeout(patienceMs);
  await page.goto(address);
  await page.getByLabel('Workspace name').fill('Halvorsen Instruments');
  await page.getByLabel('Your name').fill('Ines Halvorsen');
  if ('first-run'.includes(only)) await look(page, 'first-run');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: /Look around/ }).waitFor();
  if ('first-run'.includes(only)) await look(page, 'first-run-choice');
  await page.getByRole('button', { name: /Look around/ }).click();
  await page.getByRole('navigation').first().waitFor({ timeout: 180_000 });
  const cookies = await page.context().cookies();
  await page.close();
  return cookies;
}

await mkdir(folder, { recursive: true });
const browser = await chromium.launch(browserLaunchOptions());
const app = await startApp();
try {
  const cookies = await firstRun(browser, app.address);
  const states = [...screenStates.map((state) => ({ ...state, answers: {} })), ...fakedStates];
  for (const screen of states.filter(({ name }) => name.includes(only))) {
    await takeScreen(browser, app.origin, cookies, screen);
  }
} finally {
  await browser.close();
  await app.stop();
}
