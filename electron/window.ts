import path from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { appAddress } from './app-protocol.ts';
import { minimumSize, openingBounds, readWindowState, writeWindowState } from './window-state.ts';

/** Opens the window where it was left, and shows it when there is something to see. */
export function openMainWindow(): void {
  const directory = app.getPath('userData');
  const left = readWindowState(directory);
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const window = new BrowserWindow({
    ...openingBounds(left?.bounds, [primary.workArea, ...others.map((display) => display.workArea)]),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    show: false,
    title: 'Satchel',
    // The page's own first colour, so that opening does not flash.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#18181b' : '#ffffff',
    webPreferences: {
      preload: preloadFile(),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
    },
  });
  if (left?.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    writeWindowState(directory, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }),
  );
  // A renderer that crashed shows nothing; the data is safe in the worker, so the page is simply loaded again.
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  void window.loadURL(appAddress);
}

function preloadFile(): string {
  return path.join(
    import.meta.dirname,
    import.meta.url.endsWith('.ts') ? '../dist/electron/preload.cjs' : 'preload.cjs',
  );
}
