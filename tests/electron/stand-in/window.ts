import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Frame, Page, Route } from 'playwright';
import { desktop } from './desktop.ts';

/** Chromium does not know the shell's own scheme, so its pages are shown at this address instead. */
const shownAt = 'http://satchel-app.localhost/';
const ownAddress = 'satchel://app/';

const toShown = (url: string) => url.replace(ownAddress, shownAt);
export const toOwn = (url: string) => url.replace(shownAt, ownAddress);

interface WindowOptions {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly webPreferences: { readonly preload: string } & Readonly<Record<string, unknown>>;
}

interface Preventable {
  readonly url: string;
  preventDefault(): void;
}

class StandInContents extends EventEmitter {
  readonly page: Promise<Page>;
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  #isDestroyed = false;
  #expected: string | undefined;
  #url = '';

  constructor(options: WindowOptions) {
    super();
    this.page = this.#open(options);
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler;
  }

  /** A page wants a window of its own. */
  askToOpen(url: string): void {
    desktop.record(`window.open ${this.#openHandler({ url: toOwn(url) }).action}`);
  }

  getURL(): string {
    return this.#url;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  send(channel: string, ...args: unknown[]): void {
    void this.page
      .then((page) =>
        page.evaluate(
          ([name, values]) => {
            const deliver: unknown = Reflect.get(globalThis, 'deliverToPreload');
            if (typeof deliver === 'function') deliver(name, values);
          },
          [channel, args] as const,
        ),
      )
      // The page went away meanwhile, as a window may in Electron.
      .catch(() => undefined);
  }

  async load(url: string): Promise<void> {
    this.#expected = url;
    this.#url = url;
    await (await this.page).goto(toShown(url));
  }

  reload(): void {
    desktop.record('reload');
  }

  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    this.emit('destroyed');
    await (await this.page).context().close();
  }

  async #open(options: WindowOptions): Promise<Page> {
    const browser = await desktop.browser();
    const context: BrowserContext = await browser.newContext({
      viewport: { width: options.width, height: options.height },
    });
    const page = await context.newPage();
    context.on('page', (popup) => void popup.close());
    await page.exposeBinding(
      'sendToMain',
      ({ frame }: { frame: Frame }, channel: string, ...args: unknown[]) => {
        const parent = frame.parentFrame();
        desktop.ipcMain.emit(
          channel,
          {
            sender: this,
            senderFrame: { url: toOwn(frame.url()), parent: parent && { url: toOwn(parent.url()) } },
          },
          ...args,
        );
      },
    );
    await page.addInitScript(preloadScript(readFileSync(options.webPreferences.preload, 'utf8')));
    await page.route('**/*', (route) => this.#answer(route));
    // What is left is the first request of a window that the page opened.
    await context.route('**/*', (route) => {
      this.askToOpen(route.request().url());
      return route.abort('failed');
    });
    return page;
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = toOwn(request.url());
    if (request.isNavigationRequest() && !this.#mayNavigate(url, request.frame()))
      return route.abort('aborted');
    const handler = desktop.protocolHandlers.get(new URL(url).protocol.replace(':', ''));
    // Anything but the shell's own scheme would be the network, which the tests do not have.
    if (!handler) return route.abort('failed');
    const response = await handler(new Request(url, { method: request.method() }));
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  /** A page's own navigation is announced and can be prevented; one that the shell asked for is not. */
  #mayNavigate(url: string, frame: Frame): boolean {
    const isMainFrame = frame.parentFrame() === null;
    if (isMainFrame && url === this.#expected) {
      this.#expected = undefined;
      return true;
    }
    let isPrevented = false;
    const event: Preventable = {
      url,
      preventDefault: () => {
        isPrevented = true;
      },
    };
    if (isMainFrame) this.emit('will-navigate', event);
    this.emit('will-frame-navigate', event);
    if (isPrevented) desktop.record(`prevented ${url}`);
    else if (isMainFrame) this.emit('did-start-navigation', { isMainFrame, isSameDocument: false, url });
    return !isPrevented;
  }
}

/** The bundled preload with Electron's two modules as it sees them; nothing of it is left in the page's own scope. */
function preloadScript(bundle: string): string {
  return `(() => {
    const send = globalThis.sendToMain;
    delete globalThis.sendToMain;
    const listeners = new Map();
    Object.defineProperty(globalThis, 'deliverToPreload', {
      value: (channel, args) => { for (const listener of listeners.get(channel) ?? []) listener({}, ...args); },
    });
    const modules = {
      ipcRenderer: {
        send: (channel, ...args) => { void send(channel, ...args); },
        on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
        removeListener: (channel, listener) =>
          listeners.set(channel, (listeners.get(channel) ?? []).filter((other) => other !== listener)),
      },
      contextBridge: {
        exposeInMainWorld: (name, api) =>
          Object.defineProperty(globalThis, name, { value: Object.freeze(api), enumerable: true }),
      },
    };
    const require = (name) => {
      if (name !== 'electron') throw new Error('A sandboxed preload cannot require ' + name);
      return modules;
    };
    ${bundle}
  })();`;
}

export class StandInWindow extends EventEmitter {
  static readonly #all = new Set<StandInWindow>();
  static getAllWindows(): StandInWindow[] {
    return [...StandInWindow.#all];
  }

  readonly options: WindowOptions;
  readonly webContents: StandInContents;
  #isMaximized = false;
  #isMinimized = false;
  #isDestroyed = false;
  bounds: { x: number; y: number; width: number; height: number };

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    const { x, y, width, height } = options;
    this.bounds = { x, y, width, height };
    this.webContents = new StandInContents(options);
    StandInWindow.#all.add(this);
    desktop.app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url);
    this.emit('ready-to-show');
  }

  show(): void {
    desktop.record('show');
  }

  focus(): void {
    desktop.record('focus');
  }

  maximize(): void {
    this.#isMaximized = true;
  }

  minimize(): void {
    this.#isMinimized = true;
  }

  restore(): void {
    this.#isMinimized = false;
    desktop.record('restore');
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getNormalBounds(): typeof this.bounds {
    return this.bounds;
  }

  close(): void {
    if (this.#isDestroyed) return;
    this.emit('close');
    this.#isDestroyed = true;
    StandInWindow.#all.delete(this);
    desktop.record('window closed');
    void this.webContents.destroy();
    if (StandInWindow.#all.size === 0) desktop.app.emit('window-all-closed');
  }
}
