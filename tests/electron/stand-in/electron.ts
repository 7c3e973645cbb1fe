/**
 * Stands in for the `electron` module where its binary cannot be had: the real shell runs against it, its windows are
 * pages of a real Chromium, and its messages cross a process as in Electron. It has only what the shell uses, and
 * behaves there as Electron's documentation says.
 */
import { EventEmitter } from 'node:events';
import { desktop } from './desktop.ts';
import { StandInWindow } from './window.ts';

class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    return this.#paths.get(name) ?? '';
  }

  requestSingleInstanceLock(): boolean {
    return desktop.takeInstanceLock(this.getPath('userData'));
  }

  enableSandbox(): void {
    desktop.record('enableSandbox');
  }

  whenReady(): Promise<void> {
    return Promise.resolve();
  }

  /** Windows are asked to close, then `will-quit` may hold the quitting, then the process would end. */
  quit(): void {
    desktop.record('quit');
    for (const window of StandInWindow.getAllWindows()) window.close();
    let isHeld = false;
    this.emit('will-quit', {
      preventDefault: () => {
        isHeld = true;
      },
    });
    if (!isHeld) this.exit(0);
  }

  exit(code: number): void {
    desktop.record(`exit ${code}`);
    desktop.exited.resolve(code);
  }
}

export const app = new StandInApp();
desktop.app = app;

export const ipcMain = desktop.ipcMain;

export { StandInWindow as BrowserWindow };

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown) => desktop.privilegedSchemes.push(schemes),
  handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
    desktop.protocolHandlers.set(scheme, handler);
  },
};

export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: typeof desktop.permissionRequest) => {
      desktop.permissionRequest = handler;
    },
    setPermissionCheckHandler: (handler: typeof desktop.permissionCheck) => {
      desktop.permissionCheck = handler;
    },
    setDevicePermissionHandler: (handler: typeof desktop.devicePermission) => {
      desktop.devicePermission = handler;
    },
  },
};

export const shell = {
  openExternal: (url: string) => {
    desktop.openedOutside.push(url);
    return Promise.resolve();
  },
};

export const dialog = {
  showErrorBox: (title: string, content: string) => {
    desktop.errorBoxes.push({ title, content });
  },
};

interface MenuItem {
  readonly role?: string;
  readonly label?: string;
  readonly submenu?: readonly MenuItem[];
}

export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]) => template,
  setApplicationMenu: (menu: readonly MenuItem[]) => {
    desktop.menu = menu;
  },
};

export const nativeTheme = { shouldUseDarkColors: false };

export const screen = {
  getPrimaryDisplay: () => desktop.displays[0],
  getAllDisplays: () => desktop.displays,
};

/** A keychain that only turns the bytes round. */
export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text: string) => Buffer.from(text).reverse(),
  decryptString: (sealed: Buffer) => Buffer.from(sealed).reverse().toString(),
};

export class Notification {
  readonly #options: { readonly title?: string };

  constructor(options: { readonly title?: string }) {
    this.#options = options;
  }

  show(): void {
    desktop.record(`notification ${this.#options.title ?? ''}`);
  }
}
