import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * Lints files of a project that is made up for it with one of our rules. What oxlint itself reports, so that a test
 * covers the rule's wiring and not only its function.
 * @returns the messages by file
 */
export function plant(rule: string, files: Record<string, string>): Map<string, string> {
  const dir = mkdtempSync(path.join(tmpdir(), 'satchel-lint-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
      writeFileSync(path.join(dir, name), text);
    }
    const config = {
      jsPlugins: [path.join(root, 'tests/lint/plugin.ts')],
      categories: { correctness: 'off' },
      rules: { [rule]: 'error' },
    };
    writeFileSync(path.join(dir, '.oxlintrc.json'), JSON.stringify(config));
    return byFile(oxlint(dir));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function oxlint(dir: string): string {
  try {
    return execFileSync(path.join(root, 'node_modules/.bin/oxlint'), ['--format', 'unix'], {
      cwd: dir,
      encoding: 'utf8',
    });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

/** Lines such as `core/a.ts:1:1: What is wrong. [Error/satchel(layers)]`. */
function byFile(report: string): Map<string, string> {
  const messages = new Map<string, string>();
  for (const line of report.split('\n')) {
    const [, file, message] = /^(.+?):\d+:\d+: (.*) \[Error\//.exec(line) ?? [];
    if (file && message) messages.set(file, `${messages.get(file) ?? ''}${message}\n`);
  }
  return messages;
}
