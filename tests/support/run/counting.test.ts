import { describe, expect, test } from 'vitest';
import { countPlaywright } from './playwright.ts';
import { emptyTally, finalLine, judgeSkips } from './tally.ts';
import { countVitest } from './vitest.ts';

const file = (status: string, ...results: string[]) => ({
  name: 'a.test.ts',
  status,
  assertionResults: results.map((result, index) => ({ fullName: `test ${index}`, status: result })),
});

describe('counting vitest’s report', () => {
  test('counts passed, failed and skipped tests', () => {
    const report = { success: false, testResults: [file('failed', 'passed', 'failed', 'skipped', 'todo')] };
    expect(countVitest(report, 'unit', 1)).toEqual({
      passed: 1,
      failed: 1,
      skips: ['unit: test 2', 'unit: test 3'],
    });
  });

  test.each([
    ['a file that could not be loaded', { success: false, testResults: [file('failed')] }, 1],
    ['an error outside the tests', { success: true, testResults: [file('passed', 'passed')] }, 1],
    ['a project without tests', { success: true, testResults: [] }, 0],
  ])('%s is a failure', (_name, report, exitCode) => {
    expect(countVitest(report, 'unit', exitCode).failed).toBe(1);
  });
});

describe('counting Playwright’s report', () => {
  const report = (statuses: string[], errors: { message?: string }[] = []) => ({
    suites: [
      {
        title: 'lists.spec.ts',
        specs: [],
        suites: [
          { title: 'list', specs: statuses.map((status) => ({ title: status, tests: [{ status }] })) },
        ],
      },
    ],
    errors,
  });

  test('a flaky test is a failure', () => {
    expect(countPlaywright(report(['expected', 'flaky', 'skipped']), 'e2e', 0)).toEqual({
      passed: 1,
      failed: 1,
      skips: ['e2e: lists.spec.ts list skipped'],
    });
  });

  test('an error before the first test is a failure', () => {
    expect(countPlaywright(report([], [{ message: 'no browser' }]), 'e2e', 1).failed).toBe(1);
    expect(countPlaywright(report([]), 'e2e', 0).failed).toBe(1);
  });
});

describe('skips', () => {
  const tally = { ...emptyTally, passed: 3, skips: ['electron: real window', 'e2e: dark'] };
  const allowed = [{ test: 'electron: *', reason: 'Needs the Electron binary.' }];

  test('an unlisted skip fails in CI', () => {
    expect(finalLine(judgeSkips(tally, allowed, { inCi: true }).tally)).toBe('3 passed, 1 failed, 1 skipped');
  });

  test('elsewhere every skip is only told', () => {
    expect(finalLine(judgeSkips(tally, allowed, { inCi: false }).tally)).toBe(
      '3 passed, 0 failed, 2 skipped',
    );
  });
});
