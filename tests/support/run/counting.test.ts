import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { countPlaywright } from './playwright.ts';
import { emptyTally, finalLine, judge } from './tally.ts';
import { countVitest } from './vitest.ts';

const unit = { name: 'unit', include: ['core/**/*.test.ts'] };
const plans = { name: 'plans', include: ['tests/plans/**/*.test.ts'] };

const file = (status: string, ...results: string[]) => ({
  name: path.resolve('core/a.test.ts'),
  status,
  assertionResults: results.map((result, index) => ({ fullName: `test ${index}`, status: result })),
});

describe('counting vitest’s report', () => {
  test('counts passed, failed and skipped tests', () => {
    const report = { success: false, testResults: [file('failed', 'passed', 'failed', 'skipped', 'todo')] };
    expect(countVitest(report, [unit], 1)).toEqual({
      ...emptyTally,
      passed: 1,
      failed: 1,
      skips: ['unit: test 2', 'unit: test 3'],
    });
  });

  test('a project without tests beside one that has some is a failure', () => {
    const report = { success: true, testResults: [file('passed', 'passed')] };
    expect(countVitest(report, [unit, plans], 0)).toEqual({ ...emptyTally, passed: 1, failed: 1 });
  });

  test('knows the projects apart, and a skip by the name of its own', () => {
    const other = { ...file('passed', 'passed', 'skipped'), name: path.resolve('tests/plans/b.test.ts') };
    const report = { success: true, testResults: [file('passed', 'passed', 'skipped'), other] };
    expect(countVitest(report, [unit, plans], 0)).toEqual({
      ...emptyTally,
      passed: 2,
      skips: ['unit: test 1', 'plans: test 1'],
    });
  });

  test.each([
    ['a file that could not be loaded', { success: false, testResults: [file('failed')] }, 1],
    ['an error outside the tests', { success: true, testResults: [file('passed', 'passed')] }, 1],
    ['a project without tests', { success: true, testResults: [] }, 0],
  ])('%s is a failure', (_name, report, exitCode) => {
    expect(countVitest(report, [unit], exitCode).failed).toBe(1);
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

  test('a test that passed when repeated is named at the end', () => {
    const tally = countPlaywright(report(['expected', 'flaky', 'skipped']), 'e2e', 0);
    expect(tally).toEqual({
      passed: 2,
      failed: 0,
      skips: ['e2e: lists.spec.ts list skipped'],
      flaky: ['e2e: lists.spec.ts list flaky'],
    });
    expect(judge(tally, [], { inCi: false }).lines[0]).toMatch(/^FLAKY: e2e: lists\.spec\.ts list flaky /);
  });

  test('one that failed again is a failure', () => {
    expect(countPlaywright(report(['expected', 'unexpected']), 'e2e', 1)).toMatchObject({
      failed: 1,
      flaky: [],
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
    expect(finalLine(judge(tally, allowed, { inCi: true }).tally)).toBe('3 passed, 1 failed, 1 skipped');
  });

  test('elsewhere every skip is only told', () => {
    expect(finalLine(judge(tally, allowed, { inCi: false }).tally)).toBe('3 passed, 0 failed, 2 skipped');
  });
});
