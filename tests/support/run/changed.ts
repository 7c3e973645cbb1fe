/** `npm test -- --changed`: only what a change can touch. */
import { execFileSync } from 'node:child_process';

/**
 * Which changes a stage is run for as a whole: its tests start programs, or read files, that they do not import. The other
 * projects of Vitest run the test files that import what changed.
 */
const wholeFor: Readonly<Record<string, RegExp>> = {
  cli: /^(loopback|core|db|shared|tests\/cli)\//u,
  security: /^(loopback|core|db|shared|tests\/security)\//u,
  electron: /^(electron|renderer|core|db|shared|tests\/electron)\//u,
  faults: /^(db|core\/(import|platform|storage|uploads|workspace)|tests\/faults)\//u,
  e2e: /^(renderer|loopback|core|db|shared|tests\/(e2e|support))\//u,
};
/** What everything stands on: the schema, the packages, and how tests are run. */
const touchesAll =
  /^(db\/(migrations|template)\/|package(-lock)?\.json$|vitest\.config\.ts$|tests\/(support\/)?run)/u;

export type Extent = 'whole' | 'related' | 'none';

/** How much of a stage such changes call for. */
export function extentOf(stage: string, changed: readonly string[]): Extent {
  if (changed.some((file) => touchesAll.test(file))) return 'whole';
  const pattern = wholeFor[stage];
  if (!pattern) return changed.length > 0 ? 'related' : 'none';
  const counts = (file: string) =>
    pattern.test(file) && (!/\.(test\.tsx?|md)$/u.test(file) || file.startsWith(`tests/${stage}/`));
  return changed.some(counts) ? 'whole' : 'none';
}

export interface Changes {
  readonly since: string;
  readonly files: readonly string[];
}

/** What differs from where the branch left main, or on main from the commit before, with what is not committed yet. */
export function findChanges(): Changes {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  const head = git('rev-parse', 'HEAD');
  const base = mergeBase(git);
  const since = base === head ? git('rev-parse', 'HEAD~1') : base;
  const lines = `${git('diff', '--name-only', since)}\n${git('ls-files', '--others', '--exclude-standard')}`;
  return { since, files: lines.split('\n').filter((line) => line !== '') };
}

function mergeBase(git: (...args: string[]) => string): string {
  for (const main of ['origin/main', 'main']) {
    try {
      return git('merge-base', 'HEAD', main);
    } catch {
      // This clone does not have that branch.
    }
  }
  return git('rev-parse', 'HEAD~1');
}
