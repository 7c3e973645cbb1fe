import { type IpcMainEvent, ipcMain, type WebContents } from 'electron';
import type { Host } from '#core/platform/host/host.ts';
import { type Channel, type Frame, maxFrameBytes } from '#shared/contract/transport.ts';
import { appAddress } from './app-protocol.ts';
import { channels } from './channels.ts';

/** More than a page opens; each costs a connection in the worker. */
const maxConnectionsPerPage = 16;

type Connections = Map<number, Channel>;

/**
 * The main process's end of the preload's connections. Every message is checked: it must come from the main frame of a
 * page of ours, be of the shape the preload sends and of a bearable size. Anything else is dropped without an answer.
 */
export function serveBridge(host: Host): void {
  const pages = new Map<WebContents, Connections>();

  listen(channels.connect, (contents, id) => {
    const connections = pages.get(contents) ?? followPage(contents, pages);
    if (connections.has(id) || connections.size >= maxConnectionsPerPage) return;
    const tell = (channel: string, ...payload: unknown[]) => {
      if (!contents.isDestroyed()) contents.send(channel, id, ...payload);
    };
    const channel = host.connect({
      onFrame: (frame) => tell(channels.frame, frame),
      onClose: () => {
        connections.delete(id);
        tell(channels.closed);
      },
    });
    connections.set(id, channel);
  });
  listen(channels.send, (contents, id, frame) => {
    const channel = pages.get(contents)?.get(id);
    if (isFrame(frame)) channel?.send(frame);
    else channel?.close();
  });
  listen(channels.close, (contents, id) => pages.get(contents)?.get(id)?.close());
}

/** Closes a page's connections when it goes away, is loaded again, or its process dies. */
function followPage(contents: WebContents, pages: Map<WebContents, Connections>): Connections {
  const connections: Connections = new Map();
  pages.set(contents, connections);
  const closeAll = () => {
    for (const channel of connections.values()) channel.close();
  };
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) closeAll();
  });
  contents.on('render-process-gone', closeAll);
  contents.on('destroyed', () => {
    closeAll();
    pages.delete(contents);
  });
  return connections;
}

function listen(
  channel: string,
  handle: (contents: WebContents, id: number, payload: unknown) => void,
): void {
  ipcMain.on(channel, (event, id: unknown, payload: unknown) => {
    if (isOwnPage(event) && Number.isSafeInteger(id)) handle(event.sender, Number(id), payload);
  });
}

/** The main frame of a page of ours: not a frame inside it, and not a page it was led to. */
function isOwnPage({ senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(appAddress);
}

function isFrame(value: unknown): value is Frame {
  if (typeof value === 'string') return value.length <= maxFrameBytes;
  return value instanceof Uint8Array && value.byteLength <= maxFrameBytes;
}
