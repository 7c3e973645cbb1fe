import { expect, test } from 'vitest';
import { defaultDataDir } from './data-dir.ts';

const home = () => '/home/ines';
const noHome = () => {
  throw new Error('ENOENT: no such file or directory, uv_os_homedir');
};

test.each([
  ['linux', {}, '/home/ines/.local/share/satchel'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/satchel'],
  ['linux', { XDG_DATA_HOME: 'data' }, '/home/ines/.local/share/satchel'],
  ['darwin', {}, '/home/ines/Library/Application Support/Satchel'],
  ['linux', { SATCHEL_DATA_DIR: '/firm' }, '/firm'],
] as const)('on %s with %o it is %s', (platform, env, expected) => {
  expect(defaultDataDir(env, platform, home)).toBe(expected);
});

test('an account without a home directory is told to name a place, and may', () => {
  expect(() => defaultDataDir({}, 'linux', noHome)).toThrow('Name one in SATCHEL_DATA_DIR');
  expect(defaultDataDir({ SATCHEL_DATA_DIR: '/firm' }, 'linux', noHome)).toBe('/firm');
});
