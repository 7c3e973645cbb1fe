import { app, BrowserWindow, dialog } from 'electron';
import { defaultDataDir } from '#core/platform/host/data-dir.ts';
import { launchHost } from '#core/platform/host/host.ts';
import { SatchelError } from '#shared/errors.ts';
import { registerAppScheme, serveAppScheme } from './app-protocol.ts';
import { serveBridge } from './bridge.ts';
import { desktopPorts } from './desktop-ports.ts';
import { setApplicationMenu } from './menu.ts';
import { quitInOrder } from './quit.ts';
import { denyPermissions, guardContents } from './security.ts';
import { openMainWindow } from './window.ts';

/** Starts the desktop shell; a second start on the same data shows the window of the first and ends. */
export function startDesktop(): void {
  const dataDir = defaultDataDir();
  // The lock below is per user data directory: two workspaces may be open at the same time, one never twice.
  app.setPath('userData', `${dataDir}-window`);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  registerAppScheme();
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  app.on('window-all-closed', () => {
    // On a Mac an application stays in the dock without a window.
    if (process.platform !== 'darwin') app.quit();
  });
  void open(dataDir);
}

async function open(dataDir: string): Promise<void> {
  const quit = quitInOrder();
  try {
    const host = launchHost({ dataDir, ports: desktopPorts(dataDir), onGivenUp: failToStart });
    quit.add(host);
    await app.whenReady();
    await host.claimed;
    await serveAppScheme();
    denyPermissions();
    serveBridge(host);
    setApplicationMenu();
    // What its page asks is answered when the data is open.
    openMainWindow();
    app.on('second-instance', showWindow);
    app.on('activate', showWindow);
    await host.opened;
  } catch (error) {
    failToStart(error);
  }
}

/** A dock icon's click, or a second start: the window comes to the front, or a new one opens. */
function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) {
    openMainWindow();
    return;
  }
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function failToStart(error: unknown): void {
  const message =
    error instanceof SatchelError
      ? error.message
      : 'Satchel could not start. Its log is in the data directory.';
  dialog.showErrorBox('Satchel cannot open your workspace', message);
  app.exit(1);
}
