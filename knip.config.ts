import type { KnipConfig } from 'knip';

/** What is dead: files nobody starts or imports, exports nobody uses, packages nobody needs. */
const config: KnipConfig = {
  // What is started by its path instead of being imported.
  entry: [
    'core/platform/worker/main.ts',
    'renderer/csp/style-singleton.ts',
    'electron/main.ts',
    'electron/preload.ts',
    'tests/electron/stand-in/electron.ts',
    'tests/faults/children/*.ts',
  ],
  project: ['{shared,core,db,loopback,electron,renderer,tests}/**/*.{ts,tsx,js,css}', '*.ts'],
  // Building it is a function of the mode, which the check does not give.
  vite: { config: ['renderer/vite.config.ts'] },
  vitest: { config: ['vitest.config.ts'] },
  playwright: { config: ['tests/e2e/playwright.config.ts'] },
  ignoreExportsUsedInFile: true,
  // Of the operating system, for the small disk of a fault test.
  ignoreBinaries: ['mount', 'umount'],
  // The vocabulary: a schema's type is exported beside it whether or not it has a user today.
  ignoreIssues: { 'shared/**': ['types'] },
  // electron-builder's own validation has no other way in than the package below it; voyageai is settled for the
  // embeddings, whose tables stand and whose worker is the next capability.
  ignoreDependencies: ['app-builder-lib', 'voyageai'],
};

export default config;
