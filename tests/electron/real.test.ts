import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright';
import { describe, expect, test } from 'vitest';
import { hasDisplay } from '#loopback/start/browser-window.ts';
import { ensureBuilt } from '#loopback/start/build.ts';

/** Where the package has put its binary, if it could be downloaded. */
function electronBinary(): string | undefined {
  const home = path.resolve('node_modules/electron');
  if (!existsSync(path.join(home, 'path.txt'))) return undefined;
  const binary = path.join(home, 'dist', readFileSync(path.join(home, 'path.txt'), 'utf8'));
  return existsSync(binary) ? binary : undefined;
}

const executablePath = electronBinary();

describe.skipIf(executablePath === undefined || !hasDisplay())('the real Electron', () => {
  test('opens the window, reaches the engine, keeps Node from the page and quits in order', async () => {
    for (const part of ['renderer', 'electron'] as const) await ensureBuilt(part, () => undefined);
    const directory = await mkdtemp(path.join(tmpdir(), 'satchel-real-'));
    const shell = await _electron.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), 'dist/electron/main.js'],
      env: { ...process.env, SATCHEL_DATA_DIR: path.join(directory, 'data') },
    });
    try {
      const page = await shell.firstWindow();
      await page.getByRole('heading', { name: 'Welcome to Satchel' }).waitFor();
      expect(page.url()).toBe('satchel://app/');
      expect(await page.evaluate('typeof require + typeof process')).toBe('undefinedundefined');
      expect(await page.evaluate('Object.keys(globalThis.satchel)')).toEqual(['connect']);
    } finally {
      await shell.close();
    }
    // The engine released the directory, so it can be opened again.
    expect(existsSync(path.join(directory, 'data', 'pg', 'postmaster.pid'))).toBe(false);
    await rm(directory, { recursive: true, force: true });
  });
});
