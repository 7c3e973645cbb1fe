import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** What a stage counted. `skips` names every skipped test, so that CI can compare them with the listed ones. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skips: readonly string[];
  /** Tests that failed once and passed when they were repeated: among the passed, and named at the end. */
  readonly flaky: readonly string[];
}

export const emptyTally: Tally = { passed: 0, failed: 0, skips: [], flaky: [] };

export function sum(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skips: [...a.skips, ...b.skips],
    flaky: [...a.flaky, ...b.flaky],
  };
}

export function finalLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed} failed, ${tally.skips.length} skipped`;
}

/** Which skips are known, and why: `test` is a whole name or a beginning that ends in `*`. */
const allowedSkipsSchema = z.array(z.object({ test: z.string().min(1), reason: z.string().min(10) }));
export type AllowedSkips = z.infer<typeof allowedSkipsSchema>;

export async function readAllowedSkips(): Promise<AllowedSkips> {
  return allowedSkipsSchema.parse(JSON.parse(await readFile('tests/allowed-skips.json', 'utf8')));
}

/**
 * What there is to say at the end. In CI a skip without a listed reason is a failure: a suite that quietly stops running
 * proves nothing.
 */
export function judge(
  tally: Tally,
  allowed: AllowedSkips,
  options: { inCi: boolean },
): { tally: Tally; lines: string[] } {
  const lines = tally.flaky.map((test) => `FLAKY: ${test} failed, and passed when it was repeated`);
  const kept: string[] = [];
  let unlisted = 0;
  for (const skip of tally.skips) {
    const rule = allowed.find(({ test }) =>
      test.endsWith('*') ? skip.startsWith(test.slice(0, -1)) : skip === test,
    );
    if (rule || !options.inCi) {
      kept.push(skip);
      lines.push(`skipped: ${skip}${rule ? ` (${rule.reason})` : ''}`);
    } else {
      unlisted += 1;
      lines.push(`failed: ${skip} was skipped and tests/allowed-skips.json gives no reason for it`);
    }
  }
  return { tally: { ...tally, failed: tally.failed + unlisted, skips: kept }, lines };
}
