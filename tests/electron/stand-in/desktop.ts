import { EventEmitter } from 'node:events';
import { type Browser, chromium } from 'playwright';
import { browserLaunchOptions } from '../../support/browser.ts';

type PermissionContents = { getURL(): string };

/** What a test sees and sets of the stand-in's desktop: everything that in Electron is the operating system's. */
class StandInDesktop {
  app = new EventEmitter();
  readonly ipcMain = new EventEmitter();
  readonly privilegedSchemes: unknown[] = [];
  readonly protocolHandlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  readonly openedOutside: string[] = [];
  readonly errorBoxes: { title: string; content: string }[] = [];
  readonly calls: string[] = [];
  readonly exited = Promise.withResolvers<number>();
  menu: readonly { role?: string; label?: string; submenu?: readonly object[] }[] = [];
  displays = [{ id: 1, workArea: { x: 0, y: 0, width: 1_920, height: 1_040 } }];
  permissionRequest: (
    contents: PermissionContents,
    permission: string,
    callback: (isGranted: boolean) => void,
  ) => void = () => undefined;
  permissionCheck: (contents: PermissionContents | null, permission: string) => boolean = () => true;
  devicePermission: () => boolean = () => true;
  /** The paths another instance holds. */
  readonly heldLocks = new Set<string>();
  #browser: Promise<Browser> | undefined;

  record(call: string): void {
    this.calls.push(call);
  }

  takeInstanceLock(userData: string): boolean {
    if (this.heldLocks.has(userData)) return false;
    this.heldLocks.add(userData);
    return true;
  }

  browser(): Promise<Browser> {
    this.#browser ??= chromium.launch(browserLaunchOptions());
    return this.#browser;
  }

  async closeBrowser(): Promise<void> {
    await (await this.#browser)?.close();
  }
}

export const desktop = new StandInDesktop();
