import { type Browser, type CDPSession, chromium, type Page } from 'playwright';
import { z } from 'zod';
import { type RunningApp, startApp } from '../support/app.ts';
import { browserLaunchOptions } from '../support/browser.ts';
import { copyLargeWorkspace, type WorkspaceSize } from '../support/large-workspace.ts';
import { timingOf } from './measure.ts';
import type { Row } from './report.ts';

/** A frame that takes longer is seen as a stutter: two of a screen of 60 frames a second. */
const longestFrame = 33;
/** What the list may hold on to after a good while of scrolling, in megabytes: pages that were just passed. */
const mostGrowth = 10;
const secondsPerGesture = 15;

interface Gesture {
  readonly name: string;
  /** One moment of it; called again and again. */
  readonly step: (page: Page, turn: number) => Promise<unknown>;
}

const gestures: readonly Gesture[] = [
  { name: 'by the wheel', step: (page) => page.mouse.wheel(0, 120) },
  // Five notches at once and a moment to read, down for a while and then back.
  {
    name: 'in flings',
    step: async (page, turn) => {
      for (let notch = 0; notch < 5; notch++) await page.mouse.wheel(0, turn % 20 < 15 ? 1_200 : -1_200);
      await page.waitForTimeout(120);
    },
  },
  // Headless Chromium draws no scrollbar to take hold of; what a drag does is to set the place, frame by frame.
  {
    name: 'by the scrollbar',
    step: (page, turn) =>
      page.evaluate(
        `new Promise((done) => requestAnimationFrame(() => {
          const grid = document.querySelector('[role=grid]');
          grid.scrollTop = grid.scrollHeight * Math.abs(((${turn} / 400) % 2) - 1);
          done();
        }))`,
      ),
  },
];

/** Collects the milliseconds between the page's frames into `frames`, until it is told to stop. */
const watchFrames = `
  globalThis.frames = [];
  globalThis.isWatching = true;
  let last;
  const next = (now) => {
    if (last !== undefined) globalThis.frames.push(now - last);
    last = now;
    if (globalThis.isWatching) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
`;
const takeFrames = 'globalThis.isWatching = false; globalThis.frames';

const framesSchema = z.array(z.number()).min(1);
const heapSchema = z.object({ usedSize: z.number() });
const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      ph: z.string(),
      pid: z.number(),
      tid: z.number(),
      tdur: z.number().optional(),
      args: z.object({ name: z.string().optional() }).loose().optional(),
    }),
  ),
});

/**
 * Scrolls the contacts of the large workspace in a real Chromium on the loopback shell: how long its frames took, what its
 * main thread computed at a stretch (which a busy machine does not inflate), and what the page's heap grew by.
 */
export async function* scrollRows(size: WorkspaceSize): AsyncGenerator<Row, void> {
  const app = await startApp({ dataDir: await copyLargeWorkspace(size) });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch(browserLaunchOptions());
    const { page, tools } = await openList(browser, app);
    const before = await heapMegabytes(tools);
    for (const gesture of gestures) {
      const { frames, tasks } = await scroll(browser, page, gesture);
      yield { name: `frames, scrolling ${gesture.name}`, satchel: timingOf(frames), limit: longestFrame };
      yield {
        name: `longest frame, scrolling ${gesture.name}`,
        satchel: timingOf([Math.max(...frames)]),
        limit: longestFrame,
      };
      yield {
        name: `longest computing of the page, scrolling ${gesture.name}`,
        satchel: timingOf([Math.max(...tasks)]),
        limit: longestFrame,
      };
    }
    const after = await heapMegabytes(tools);
    yield { name: "the page's heap before scrolling", unit: 'MB', satchel: timingOf([before]) };
    yield {
      name: "what the page's heap grew by",
      unit: 'MB',
      satchel: timingOf([Math.max(0, after - before)]),
      limit: mostGrowth,
    };
  } finally {
    await browser?.close();
    await app.stop();
  }
}

async function openList(browser: Browser, app: RunningApp): Promise<{ page: Page; tools: CDPSession }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(app.address);
  await page.goto(`${app.origin}/#/contacts`);
  const grid = page.getByRole('grid');
  await grid.getByRole('link').first().waitFor();
  await grid.hover();
  // Once through, so that code is compiled and the first pages are there.
  for (let turn = 0; turn < 100; turn++) await page.mouse.wheel(0, turn < 50 ? 600 : -600);
  await page.waitForTimeout(1_000);
  return { page, tools: await page.context().newCDPSession(page) };
}

interface Scrolled {
  /** Milliseconds from each frame to the next. */
  readonly frames: readonly number[];
  /** Milliseconds that each task of the page's main thread computed. */
  readonly tasks: readonly number[];
}

async function scroll(browser: Browser, page: Page, { step }: Gesture): Promise<Scrolled> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await page.evaluate(watchFrames);
  const ends = performance.now() + secondsPerGesture * 1_000;
  for (let turn = 0; performance.now() < ends; turn++) await step(page, turn);
  const frames = framesSchema.parse(await page.evaluate(takeFrames));
  const trace = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString('utf8')));
  return { frames, tasks: taskTimes(trace) };
}

/** The computing time of each task of the main thread of the page. */
function taskTimes({ traceEvents }: z.infer<typeof traceSchema>): number[] {
  const isMain = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  return traceEvents
    .filter(({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && isMain.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => tdur / 1_000);
}

async function heapMegabytes(tools: CDPSession): Promise<number> {
  await tools.send('HeapProfiler.collectGarbage');
  await tools.send('HeapProfiler.collectGarbage');
  return heapSchema.parse(await tools.send('Runtime.getHeapUsage')).usedSize / 1e6;
}
