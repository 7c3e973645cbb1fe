import { WebSocket } from 'ws';
import type { Connect } from '#shared/contract/transport.ts';

/** As the page connects: the same origin and the cookie that the address gave. */
export function socketTransport(port: number, cookie: string): Connect {
  return (listener) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/contract`, {
        headers: { cookie, origin: `http://127.0.0.1:${port}` },
      });
      socket.binaryType = 'arraybuffer';
      socket.once('error', reject);
      socket.once('open', () =>
        resolve({ send: (frame) => socket.send(frame), close: () => socket.close() }),
      );
      socket.on('message', (data: ArrayBuffer, isBinary) => {
        listener.onFrame(isBinary ? new Uint8Array(data) : new TextDecoder().decode(data));
      });
      socket.on('close', () => listener.onClose());
    });
}
