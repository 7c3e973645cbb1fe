import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { run } from './process.ts';
import type { Tally } from './tally.ts';

interface Suite {
  readonly title: string;
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
  readonly suites?: readonly Suite[] | undefined;
}

const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    title: z.string(),
    specs: z.array(z.object({ title: z.string(), tests: z.array(z.object({ status: z.string() })) })),
    suites: z.array(suiteSchema).optional(),
  }),
);
const playwrightReportSchema = z.object({
  suites: z.array(suiteSchema),
  errors: z.array(z.object({ message: z.string().optional() })),
});
export type PlaywrightReport = z.infer<typeof playwrightReportSchema>;

/** Runs the suite of one Playwright configuration and counts its tests. */
export async function runPlaywright(name: string, config: string, timeoutMs: number): Promise<Tally> {
  const report = `test-results/run/playwright-${name}.json`;
  const ended = await run(['playwright', 'test', '--config', config, '--reporter=line,json'], {
    timeoutMs,
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return countPlaywright(
    playwrightReportSchema.parse(JSON.parse(await readFile(report, 'utf8'))),
    name,
    ended.code,
  );
}

/** A test that passed only when repeated is counted as passed and named: whoever reads the run is told of the race. */
export function countPlaywright(report: PlaywrightReport, name: string, exitCode: number): Tally {
  let passed = 0;
  let failed = report.errors.length;
  const skips: string[] = [];
  const flaky: string[] = [];
  const visit = (suite: Suite, path: readonly string[]) => {
    for (const spec of suite.specs) {
      for (const { status } of spec.tests) {
        const title = `${name}: ${[...path, spec.title].join(' ')}`;
        if (status === 'expected' || status === 'flaky') passed += 1;
        else if (status === 'skipped') skips.push(title);
        else failed += 1;
        if (status === 'flaky') flaky.push(title);
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...path, inner.title]);
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  const isBroken = exitCode !== 0 || passed + failed + skips.length === 0;
  return { passed, failed: failed === 0 && isBroken ? 1 : failed, skips, flaky };
}
