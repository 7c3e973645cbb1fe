import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { removeOutdated } from './large-workspace.ts';

test('of the large workspaces only those of today’s schema stay, and those that somebody is making', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'satchel-cached-'));
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const names = [
    '9-90-new',
    '9-90-old',
    `unfinished-${gone}-a`,
    `unfinished-${process.pid}-b`,
    'unfinished-c',
  ];
  for (const name of names) await mkdir(path.join(folder, name, 'pg'), { recursive: true });
  await removeOutdated(folder, 'new');
  expect((await readdir(folder)).toSorted()).toEqual(['9-90-new', `unfinished-${process.pid}-b`]);
  await rm(folder, { recursive: true });
});
