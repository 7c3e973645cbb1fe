import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { memoryFolder } from './temporary.ts';

const place = mkdtempSync(path.join(tmpdir(), 'satchel-temporary-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

test('a run has a folder of its own, and so have the programs that it starts', () => {
  expect(path.basename(tmpdir())).toMatch(/^satchel-run-\d+$/);
  expect(path.basename(memoryFolder())).toBe(path.basename(tmpdir()));
});

test('it removes what a run that was cut off left, and nothing of one that still runs', () => {
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const left = path.join(place, `satchel-run-${gone}`);
  const running = path.join(place, `satchel-run-${process.pid}`);
  const other = path.join(place, 'satchel-run-notes');
  for (const folder of [left, running, other]) {
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'cluster'), 'x');
  }
  const module = path.resolve('tests/support/run/temporary.ts');
  const script = `
    import { existsSync } from 'node:fs';
    import { tmpdir } from 'node:os';
    import { openTemporaryFolder } from ${JSON.stringify(module)};
    const remove = openTemporaryFolder();
    const own = tmpdir();
    const wasThere = existsSync(own);
    remove();
    console.log(JSON.stringify({ wasThere, isThere: existsSync(own), isBack: tmpdir() !== own }));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: place, TEMP: place, TMP: place },
  });
  expect(JSON.parse(stdout)).toEqual({ wasThere: true, isThere: false, isBack: true });
  expect([left, running, other].map((folder) => existsSync(folder))).toEqual([false, true, true]);
});
