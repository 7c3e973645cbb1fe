import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * A process per core. Vitest would leave one core to itself, which on two cores is half of the machine; but its own process
 * only waits, while each test keeps an engine busy.
 */
const maxWorkers = availableParallelism();

/**
 * A suite with a process per file. `minutes` is what one test, or setting up for some, may take: it bounds what hangs and
 * judges no speed, since a machine that does much else takes ten times as long. So no test has a limit of its own.
 */
function suite(name: string, include: string[], minutes = 10) {
  return {
    name,
    include,
    pool: 'forks',
    maxWorkers,
    globalSetup: 'tests/support/run/temporary.ts',
    setupFiles: 'tests/support/rows/check.ts',
    testTimeout: minutes * 60_000,
    hookTimeout: minutes * 60_000,
    expect: { poll: { timeout: 120_000, interval: 20 } },
  } as const;
}

/** Starts the projects in the order of the list below: what takes minutes in one process must not come last. */
class InOrderOfProjects extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = this.ctx.projects.map(({ name }) => name);
    const rank = ({ project }: TestSpecification) => order.indexOf(project.name);
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: InOrderOfProjects },
    projects: [
      // Builds its large workspace once, which is most of its time.
      { test: suite('plans', ['tests/plans/**/*.test.ts'], 30) },
      // Against a PostgreSQL of its own, which the first run may have to install.
      {
        test: {
          ...suite('server', ['tests/server/**/*.test.ts'], 30),
          globalSetup: ['tests/support/run/temporary.ts', 'tests/server/prepare.ts'],
        },
      },
      {
        test: suite('unit', [
          '{shared,core,db,loopback,electron,renderer}/**/*.test.ts',
          'tests/{lint,support,import,bench}/**/*.test.ts',
        ]),
      },
      { test: suite('schema', ['tests/{schema,conformance}/**/*.test.ts']) },
      // Each test starts the program several times.
      { test: suite('cli', ['tests/cli/**/*.test.ts']) },
      { test: suite('security', ['tests/security/**/*.test.ts']) },
      {
        // The real shell against the stand-in of its platform.
        resolve: { alias: { electron: path.resolve('tests/electron/stand-in/electron.ts') } },
        test: suite('electron', ['tests/electron/**/*.test.ts']),
      },
      {
        test: {
          ...suite('faults', ['tests/faults/**/*.test.ts'], 30),
          // After the others: its tests start processes by the hundred.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
