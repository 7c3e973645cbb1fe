import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** A suite with a process per file. `seconds` bounds one test; setting up may take twice that. */
function suite(name: string, include: string[], seconds = 30) {
  return {
    name,
    include,
    pool: 'forks',
    testTimeout: seconds * 1_000,
    hookTimeout: seconds * 2_000,
  } as const;
}

export default defineConfig({
  test: {
    projects: [
      {
        test: suite('unit', [
          '{shared,core,db,loopback,electron,renderer}/**/*.test.ts',
          'tests/{lint,support,import,bench}/**/*.test.ts',
        ]),
      },
      { test: suite('schema', ['tests/{schema,conformance}/**/*.test.ts'], 60) },
      // Against a PostgreSQL of its own, which the first run may have to install.
      { test: suite('server', ['tests/server/**/*.test.ts'], 180) },
      // Builds its large workspace once, which is most of its time.
      { test: suite('plans', ['tests/plans/**/*.test.ts'], 300) },
      // Each test starts the program several times.
      { test: suite('cli', ['tests/cli/**/*.test.ts'], 120) },
      { test: suite('security', ['tests/security/**/*.test.ts']) },
      {
        // The real shell against the stand-in of its platform.
        resolve: { alias: { electron: path.resolve('tests/electron/stand-in/electron.ts') } },
        test: suite('electron', ['tests/electron/**/*.test.ts']),
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          pool: 'forks',
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
