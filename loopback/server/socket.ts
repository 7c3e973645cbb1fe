import type { RawData, WebSocket } from 'ws';
import type { Host } from '#core/platform/host/host.ts';
import type { Frame } from '#shared/contract/transport.ts';

/** A page that stopped reading is let go before its unread answers fill the memory. */
const maxUnreadBytes = 64 * 1024 * 1024;

/** Joins a page's WebSocket to a channel of the application; frames pass unread. */
export function pipeSocket(socket: WebSocket, host: Host): void {
  const channel = host.connect({
    onFrame: (frame) => {
      if (socket.bufferedAmount > maxUnreadBytes) socket.terminate();
      else socket.send(frame);
    },
    onClose: () => socket.close(1013, 'Try again shortly.'),
  });
  socket.on('message', (data, isBinary) => channel.send(toFrame(data, isBinary)));
  socket.on('close', () => channel.close());
  // A message over the limit or a broken frame: `ws` closes the connection itself and `close` follows.
  socket.on('error', () => channel.close());
}

function toFrame(data: RawData, isBinary: boolean): Frame {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer);
  return isBinary ? new Uint8Array(bytes) : bytes.toString('utf8');
}
