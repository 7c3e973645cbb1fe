import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { run } from './process.ts';
import { emptyTally, finalLine, sum, type Tally } from './tally.ts';

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

/** A project of vitest.config.ts: its name, and the globs of its files. */
export interface VitestProject {
  readonly name: string;
  readonly include: readonly string[];
}

/**
 * Runs projects of vitest.config.ts in one process, so that a core that one of them leaves idle serves another.
 *
 * @param since a commit: only the test files that import what changed since then
 */
export async function runVitest(
  projects: readonly VitestProject[],
  timeoutMs: number,
  since?: string,
): Promise<Tally> {
  const report = 'test-results/run/vitest.json';
  const ended = await run(
    [
      'vitest',
      'run',
      ...projects.flatMap(({ name }) => ['--project', name]),
      ...(since === undefined ? [] : ['--changed', since, '--passWithNoTests']),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { timeoutMs },
  );
  const read = vitestReportSchema.parse(JSON.parse(await readFile(report, 'utf8')));
  const concerned = since === undefined ? projects : projects.filter((one) => filesOf(read, one).length > 0);
  for (const project of concerned) {
    console.log(`   ${project.name}: ${finalLine(countProject(filesOf(read, project), project))}`);
  }
  return countVitest(read, concerned, ended.code);
}

type File = VitestReport['testResults'][number];

function filesOf(report: VitestReport, { include }: VitestProject): File[] {
  return report.testResults.filter(({ name }) =>
    include.some((glob) => path.matchesGlob(path.relative('.', name), glob)),
  );
}

/** A file that could not be loaded and a project without a single test have no failed test to show, and count as one. */
function countProject(files: readonly File[], { name }: VitestProject): Tally {
  let passed = 0;
  let failed = 0;
  const skips: string[] = [];
  for (const file of files) {
    let failedHere = 0;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else if (test.status === 'failed') failedHere += 1;
      else skips.push(`${name}: ${test.fullName}`);
    }
    if (file.status === 'failed' && failedHere === 0) failedHere = 1;
    failed += failedHere;
  }
  return { ...emptyTally, passed, failed: passed + failed + skips.length === 0 ? 1 : failed, skips };
}

/** An error outside any test and a bad exit code count as a failed test where there is none. */
export function countVitest(
  report: VitestReport,
  projects: readonly VitestProject[],
  exitCode: number,
): Tally {
  const tally = projects
    .map((project) => countProject(filesOf(report, project), project))
    .reduce(sum, emptyTally);
  const isBroken = exitCode !== 0 || !report.success;
  return tally.failed === 0 && isBroken ? { ...tally, failed: 1 } : tally;
}
