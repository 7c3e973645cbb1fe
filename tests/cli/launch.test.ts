import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageVersion } from '#loopback/locations.ts';

/** Makes the Node that reads it look like the one of Debian 12's time. */
const asOldNode =
  'data:text/javascript,Object.defineProperty(process,"versions",{value:{...process.versions,node:"20.1.0"}})';

let elsewhere = '';
beforeAll(async () => {
  elsewhere = await mkdtemp(path.join(tmpdir(), 'satchel-launch-'));
  await cp('loopback/launch', path.join(elsewhere, 'loopback', 'launch'), { recursive: true });
  await cp('package.json', path.join(elsewhere, 'package.json'));
});
afterAll(() => rm(elsewhere, { recursive: true, force: true }));

/** @param options.path where other programs are looked for; none by default */
function run(program: string, options: { isOld: boolean; path?: string }) {
  const args = [...(options.isOld ? ['--import', asOldNode] : []), program, '--version'];
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = { ...process.env, PATH: options.path ?? '' };
    const child = execFile(process.execPath, args, { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const satchel = 'loopback/launch/satchel.js';

test.each([false, true])('the command runs on whatever Node starts it (an old one: %s)', async (isOld) => {
  expect(await run(satchel, { isOld })).toEqual({ code: 0, stdout: `${packageVersion()}\n`, stderr: '' });
});

test('on an old Node it ends in order when it is asked to', async () => {
  const dataDir = path.join(elsewhere, 'data');
  const child = spawn(process.execPath, [
    '--import',
    asOldNode,
    satchel,
    'serve',
    '--no-open',
    '-d',
    dataDir,
  ]);
  await once(child.stdout, 'data');
  const closed = once(child, 'close');
  child.kill('SIGINT');
  expect(await closed).toEqual([0, null]);
});

test('without its packages it says in one line what to do', async () => {
  const there = path.join(elsewhere, satchel);
  expect(await run(there, { isOld: true })).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^Satchel needs Node 24 and this is 20\.1\.0\. In a checkout "npm ci" brings.*\n$/,
    ),
  });
  // Node 24 is found on the path, and what is missing then are the packages.
  for (const options of [{ isOld: false }, { isOld: true, path: path.dirname(process.execPath) }])
    expect(await run(there, options)).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^Satchel’s packages are not installed: run "npm ci".*\n$/),
    });
});
