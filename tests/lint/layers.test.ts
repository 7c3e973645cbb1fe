import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** What oxlint itself reports, so that the test covers the configuration and not only the rule's function. */
function lint(files: Record<string, string>): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'satchel-layers-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
      writeFileSync(path.join(dir, name), text);
    }
    const config = {
      jsPlugins: [path.join(root, 'tests/lint/layers-plugin.js')],
      categories: { correctness: 'off' },
      rules: { 'satchel/layers': 'error' },
    };
    writeFileSync(path.join(dir, '.oxlintrc.json'), JSON.stringify(config));
    try {
      return execFileSync(path.join(root, 'node_modules/.bin/oxlint'), ['--format', 'unix'], {
        cwd: dir,
        encoding: 'utf8',
      });
    } catch (error) {
      if (error instanceof Error && 'stdout' in error) return String(error.stdout);
      throw error;
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
}

describe('the layering rule', () => {
  let report = '';
  beforeAll(() => {
    report = lint({
      'renderer/bad-core.ts': `import '#core/router.ts';`,
      'renderer/bad-node.ts': `import 'node:fs';`,
      'renderer/bad-relative.ts': `import '../core/router.ts';`,
      'renderer/good.ts': `import '#shared/errors.ts'; import './x.ts'; import 'react';`,
      'core/bad-electron.ts': `import { app } from 'electron'; console.log(app);`,
      'core/bad-shell.ts': `export * from '#loopback/server.ts';`,
      'core/bad-dynamic.ts': `await import('#electron/main.ts');`,
      'core/good.ts': `import '#db/engine/engine.ts'; import 'node:fs';`,
      'db/bad-core.ts': `import '#core/router.ts';`,
      'loopback/bad-db.ts': `import '#db/engine/engine.ts';`,
      'loopback/bad-pglite.ts': `import '@electric-sql/pglite';`,
      'loopback/good.ts': `import '#core/host.ts'; import 'ws';`,
      'shared/bad-db.ts': `import '#db/schema.ts';`,
      'electron/good.ts': `import 'electron'; import '#core/host.ts';`,
    });
  });
  afterAll(() => {
    report = '';
  });

  it.each([
    'renderer/bad-core.ts',
    'renderer/bad-node.ts',
    'renderer/bad-relative.ts',
    'core/bad-electron.ts',
    'core/bad-shell.ts',
    'core/bad-dynamic.ts',
    'db/bad-core.ts',
    'loopback/bad-db.ts',
    'loopback/bad-pglite.ts',
    'shared/bad-db.ts',
  ])('refuses %s', (file) => {
    expect(report).toContain(file);
  });

  it('accepts downward imports', () => {
    expect(report).not.toContain('good.ts');
  });
});
