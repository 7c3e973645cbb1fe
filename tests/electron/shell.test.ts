import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { startDesktop } from '#electron/desktop.ts';
import { ensureBuilt } from '#loopback/start/build.ts';
import { desktop } from './stand-in/desktop.ts';
import { StandInWindow } from './stand-in/window.ts';

let directory: string;
let page: Page;

const window = () => {
  const [first] = StandInWindow.getAllWindows();
  if (!first) throw new Error('No window is open.');
  return first;
};

beforeAll(async () => {
  await buildTemplate(await readMigrations());
  directory = await mkdtemp(path.join(tmpdir(), 'satchel-electron-'));
  process.env['SATCHEL_DATA_DIR'] = path.join(directory, 'data');
  for (const part of ['renderer', 'electron'] as const) await ensureBuilt(part, () => undefined);
  await import('#electron/main.ts');
  // For a start that hangs only.
  await vi.waitUntil(() => desktop.calls.includes('show') || desktop.errorBoxes.length > 0, {
    timeout: 20 * 60_000,
  });
  page = await window().webContents.page;
});

afterAll(async () => {
  await desktop.closeBrowser();
  await rm(directory, { recursive: true, force: true });
});

describe('the window', () => {
  test('is sandboxed and isolated, without Node', () => {
    expect(window().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    expect(desktop.calls).toContain('enableSandbox');
  });

  test('shows the interface from the shell’s own scheme under a strict policy', async () => {
    expect(window().webContents.getURL()).toBe('satchel://app/');
    const handler = desktop.protocolHandlers.get('satchel');
    const answer = await handler?.(new Request('satchel://app/'));
    expect(answer?.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect((await handler?.(new Request('satchel://app/../../package.json')))?.status).toBe(404);
    expect((await handler?.(new Request('satchel://elsewhere/')))?.status).toBe(404);
  });

  test('exposes one narrow client to the page', async () => {
    expect(await page.evaluate('Object.keys(globalThis.satchel)')).toEqual(['connect']);
    expect(
      await page.evaluate("['require', 'process', 'ipcRenderer'].filter((name) => name in globalThis)"),
    ).toEqual([]);
  });

  test('reaches the application through it', async () => {
    await expect(
      page.getByRole('heading', { name: 'Welcome to Satchel' }).waitFor(),
    ).resolves.toBeUndefined();
  });

  test('has the menus of its operating system', () => {
    expect(desktop.menu.map((item) => item.role ?? item.label)).toEqual(
      expect.arrayContaining(['fileMenu', 'editMenu', 'View', 'windowMenu']),
    );
  });
});

describe('a page that was taken over', () => {
  test('cannot navigate elsewhere', async () => {
    await page.evaluate("globalThis.location.href = 'https://example.com/steal'");
    await expect.poll(() => desktop.calls).toContain('prevented https://example.com/steal');
    expect(window().webContents.getURL()).toBe('satchel://app/');
  });

  test('cannot open windows; links of the allowed kinds open outside', async () => {
    await page.evaluate("void globalThis.open('https://example.com/site')");
    await expect.poll(() => desktop.calls).toContain('window.open deny');
    expect(desktop.openedOutside).toEqual(['https://example.com/site']);
    for (const url of [
      'file:///etc/passwd',
      'smb://host/share',
      'satchel://app/',
      'javascript:alert(1)',
      'nonsense',
    ]) {
      window().webContents.askToOpen(url);
    }
    window().webContents.askToOpen('mailto:ada@example.com');
    expect(desktop.openedOutside).toEqual(['https://example.com/site', 'mailto:ada@example.com']);
    expect(desktop.calls.filter((call) => call === 'window.open allow')).toEqual([]);
  });

  test('gets no permission beside copying, and no device', () => {
    const own = { getURL: () => 'satchel://app/' };
    const foreign = { getURL: () => 'https://example.com/' };
    const asked = (contents: typeof own, permission: string) => {
      let answer: boolean | undefined;
      desktop.permissionRequest(contents, permission, (isGranted) => {
        answer = isGranted;
      });
      return answer;
    };
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal']) {
      expect(asked(own, permission)).toBe(false);
      expect(desktop.permissionCheck(own, permission)).toBe(false);
    }
    expect(asked(own, 'clipboard-sanitized-write')).toBe(true);
    expect(asked(foreign, 'clipboard-sanitized-write')).toBe(false);
    expect(desktop.permissionCheck(null, 'clipboard-sanitized-write')).toBe(false);
    expect(desktop.devicePermission()).toBe(false);
  });

  test.each([
    ['a foreign page', { url: 'https://example.com/', parent: null }],
    ['a page whose address only begins alike', { url: 'satchel://app.example.com/', parent: null }],
    ['a frame inside our page', { url: 'satchel://app/', parent: { url: 'satchel://app/' } }],
    ['a frame that is gone', null],
  ])('%s is not served', async (_name, senderFrame) => {
    const sender = window().webContents;
    const sent = vi.spyOn(sender, 'send');
    desktop.ipcMain.emit('satchel:connect', { sender, senderFrame }, 7);
    const question = JSON.stringify({ i: '0', p: { u: '/workspace/status', b: { json: {} } } });
    desktop.ipcMain.emit('satchel:send', { sender, senderFrame }, 7, question);
    // What our own page asks after it is answered.
    const own = { sender, senderFrame: { url: 'satchel://app/', parent: null } };
    desktop.ipcMain.emit('satchel:connect', own, 9);
    desktop.ipcMain.emit('satchel:send', own, 9, question);
    await expect.poll(() => sent.mock.calls.map(([, connection]) => connection)).toContain(9);
    expect(sent.mock.calls.filter(([, connection]) => connection === 7)).toEqual([]);
    desktop.ipcMain.emit('satchel:close', own, 9);
    sent.mockRestore();
  });

  test.each([
    ['an object instead of a frame', { evil: true }],
    ['a frame over the limit', 'x'.repeat(8 * 1024 * 1024 + 1)],
    ['a frame that is no message', 'not json'],
  ])('%s closes its connection and nothing else', async (_name, frame) => {
    const sender = window().webContents;
    const sent = vi.spyOn(sender, 'send');
    const event = { sender, senderFrame: { url: 'satchel://app/', parent: null } };
    desktop.ipcMain.emit('satchel:connect', event, 8);
    desktop.ipcMain.emit('satchel:send', event, 8, frame);
    // The page's own calls may be answered meanwhile: it opens before its data does.
    const closed = () => sent.mock.calls.filter(([channel]) => channel === 'satchel:closed');
    await expect.poll(closed).toEqual([['satchel:closed', 8]]);
    sent.mockRestore();
    expect(await page.evaluate('document.visibilityState')).toBe('visible');
  });
});

describe('the instance', () => {
  test('a second start shows the window of the first', async () => {
    window().minimize();
    desktop.app.emit('second-instance');
    expect(desktop.calls.slice(-3)).toEqual(['restore', 'show', 'focus']);
  });

  test('quits in order: window, engine, process; the window’s place is kept', async () => {
    window().bounds = { x: 40, y: 50, width: 900, height: 700 };
    window().close();
    expect(await desktop.exited.promise).toBe(0);
    const order = desktop.calls.filter((call) => /^(window closed|quit|exit)/.test(call));
    // The first quit was held until the engine had closed; the second ends the process.
    expect(order).toEqual(['window closed', 'quit', 'quit', 'exit 0']);
    const state = await readFile(path.join(`${directory}/data-window`, 'window.json'), 'utf8');
    expect(JSON.parse(state)).toEqual({
      bounds: { x: 40, y: 50, width: 900, height: 700 },
      isMaximized: false,
    });
  });

  test('a start while another instance runs ends without a window', async () => {
    const before = desktop.calls.length;
    startDesktop();
    expect(desktop.calls.slice(before)[0]).toBe('quit');
    expect(StandInWindow.getAllWindows()).toEqual([]);
  });
});
