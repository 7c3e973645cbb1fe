import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { run } from './process.ts';
import type { Tally } from './tally.ts';

const vitestReportSchema = z.object({
  success: z.boolean(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});
export type VitestReport = z.infer<typeof vitestReportSchema>;

/** Runs one project of vitest.config.ts in a process of its own and counts its tests. */
export async function runVitestProject(project: string, timeoutMs: number): Promise<Tally> {
  const report = `test-results/run/vitest-${project}.json`;
  const ended = await run(
    [
      'vitest',
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { timeoutMs },
  );
  return countVitest(
    vitestReportSchema.parse(JSON.parse(await readFile(report, 'utf8'))),
    project,
    ended.code,
  );
}

/**
 * A file that could not be loaded, an error outside any test, a project without a single test and a bad exit code
 * have no failed test to show for it, and count as one.
 */
export function countVitest(report: VitestReport, project: string, exitCode: number): Tally {
  let passed = 0;
  let failed = 0;
  const skips: string[] = [];
  for (const file of report.testResults) {
    let failedHere = 0;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else if (test.status === 'failed') failedHere += 1;
      else skips.push(`${project}: ${test.fullName}`);
    }
    if (file.status === 'failed' && failedHere === 0) failedHere = 1;
    failed += failedHere;
  }
  const isBroken = exitCode !== 0 || !report.success || passed + failed + skips.length === 0;
  return { passed, failed: failed === 0 && isBroken ? 1 : failed, skips };
}
