import { access } from 'node:fs/promises';
import vitestConfig from '../../../vitest.config.ts';
import { runPlaywright } from './playwright.ts';
import { run } from './process.ts';
import { emptyTally, type Tally } from './tally.ts';
import { runVitestProject } from './vitest.ts';

export interface Stage {
  readonly name: string;
  run(): Promise<Tally>;
}

/** Only for a stage that hangs: every test has a limit of its own, and a busy machine may take four times as long. */
const stageTimeoutMs = 60 * 60_000;
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

function vitestProjects(): Stage[] {
  return (vitestConfig.test?.projects ?? []).map((project) => {
    const name = typeof project === 'object' && 'test' in project ? project.test?.name : undefined;
    if (typeof name !== 'string') throw new Error('Every project of vitest.config.ts needs a name.');
    return { name, run: () => runVitestProject(name, stageTimeoutMs) };
  });
}

/** All stages in the order of what they cost, or those whose names are given. */
export async function chosenStages(names: readonly string[]): Promise<Stage[]> {
  const hasEndToEnd = await access(endToEndConfig).then(
    () => true,
    () => false,
  );
  const all: Stage[] = [
    command('format', 'biome', 'check', '--no-errors-on-unmatched', '.'),
    command('lint', 'oxlint', '--type-aware'),
    command('types', 'npm', 'run', '-s', 'typecheck'),
    command('dead code', 'knip'),
    command('build', 'npm', 'run', '-s', 'build'),
    ...vitestProjects(),
  ];
  if (hasEndToEnd) all.push({ name: 'e2e', run: () => runPlaywright('e2e', endToEndConfig, stageTimeoutMs) });
  if (names.length === 0) return all;
  const unknown = names.filter((name) => !all.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `No stage is called ${unknown.join(', ')}. There are: ${all.map(({ name }) => name).join(', ')}.`,
    );
  }
  return all.filter((stage) => names.includes(stage.name));
}
