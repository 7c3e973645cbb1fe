import { access } from 'node:fs/promises';
import vitestConfig from '../../../vitest.config.ts';
import { type Changes, extentOf } from './changed.ts';
import { runPlaywright } from './playwright.ts';
import { run } from './process.ts';
import { emptyTally, type Tally } from './tally.ts';
import { runVitest, type VitestProject } from './vitest.ts';

export interface Stage {
  readonly name: string;
  run(): Promise<Tally>;
}

/** Only for a stage that hangs: a busy machine may take ten times as long. */
const stageTimeoutMs = 3 * 60 * 60_000;
const endToEndConfig = 'tests/e2e/playwright.config.ts';

/** A program that says yes or no by its exit code. */
function command(name: string, ...program: [string, ...string[]]): Stage {
  return {
    name,
    run: async () => {
      const { code } = await run(program, { timeoutMs: stageTimeoutMs });
      return code === 0 ? { ...emptyTally, passed: 1 } : { ...emptyTally, failed: 1 };
    },
  };
}

function vitestProjects(): VitestProject[] {
  return (vitestConfig.test?.projects ?? []).map((project) => {
    const { name, include } = (typeof project === 'object' && 'test' in project && project.test) || {};
    if (typeof name !== 'string' || !include) {
      throw new Error('Every project of vitest.config.ts needs a name and its files.');
    }
    return { name, include };
  });
}

/**
 * All stages in the order of what they cost, or those whose names are given; the projects of Vitest are one stage. With
 * `changes` only what they can touch.
 */
export async function chosenStages(names: readonly string[], changes?: Changes): Promise<Stage[]> {
  const hasEndToEnd = await access(endToEndConfig).then(
    () => true,
    () => false,
  );
  const checks = [
    command('format', 'biome', 'check', '--no-errors-on-unmatched', '.'),
    command('lint', 'oxlint', '--type-aware'),
    command('types', 'npm', 'run', '-s', 'typecheck'),
    command('dead code', 'knip'),
    command('build', 'npm', 'run', '-s', 'build'),
  ];
  const projects = vitestProjects();
  const browser: Stage[] = hasEndToEnd
    ? [{ name: 'e2e', run: () => runPlaywright('e2e', endToEndConfig, stageTimeoutMs) }]
    : [];
  const known = [...checks, ...projects, ...browser].map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(`No stage is called ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  }
  const isChosen = ({ name }: { name: string }) => names.length === 0 || names.includes(name);
  const extent = ({ name }: { name: string }) => (changes ? extentOf(name, changes.files) : 'whole');
  const stageOf = (chosen: readonly VitestProject[], since?: string): Stage[] => {
    const names = chosen.map(({ name }) => name).join(', ');
    const name = since === undefined ? names : `${names}, as far as changed`;
    return chosen.length > 0 ? [{ name, run: () => runVitest(chosen, stageTimeoutMs, since) }] : [];
  };
  const chosen = projects.filter(isChosen);
  return [
    ...checks.filter(isChosen),
    ...stageOf(
      chosen.filter((project) => extent(project) === 'related'),
      changes?.since,
    ),
    ...stageOf(chosen.filter((project) => extent(project) === 'whole')),
    ...browser.filter((stage) => isChosen(stage) && extent(stage) !== 'none'),
  ];
}
