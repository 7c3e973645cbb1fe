import { SatchelError } from '../errors.ts';
import { say } from '../message.ts';

/** One message of the contract, opaque to whatever carries it. */
export type Frame = string | Uint8Array<ArrayBuffer>;

/** A larger message closes the connection. Files never cross as messages, so nothing honest comes near it. */
export const maxFrameBytes = 8 * 1024 * 1024;

export interface Channel {
  send(frame: Frame): void;
  close(): void;
}

export interface ChannelListener {
  onFrame(frame: Frame): void;
  /** Called once, whoever closed it. */
  onClose(): void;
}

/** Opens a channel to the application; throws SatchelError `busy` when it cannot be reached. */
export type Connect = (listener: ChannelListener) => Promise<Channel>;

/** What the desktop shell's preload exposes as `window.satchel`: frames, and nothing else. */
export interface DesktopBridge {
  connect(onFrame: (frame: Frame) => void, onClose: () => void): Channel;
}

export function desktopTransport(bridge: DesktopBridge): Connect {
  return (listener) =>
    Promise.resolve(
      bridge.connect(
        (frame) => listener.onFrame(frame),
        () => listener.onClose(),
      ),
    );
}

/** @param url `ws:` address of the loopback shell */
export function webSocketTransport(url: string): Connect {
  return (listener) =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      socket.addEventListener('open', () =>
        resolve({ send: (frame) => socket.send(frame), close: () => socket.close() }),
      );
      socket.addEventListener('message', (event) => {
        const data: unknown = event.data;
        if (typeof data === 'string') listener.onFrame(data);
        else if (data instanceof ArrayBuffer) listener.onFrame(new Uint8Array(data));
      });
      socket.addEventListener('close', () => {
        reject(new SatchelError('busy', say`Satchel cannot be reached. Is it still running?`));
        listener.onClose();
      });
    });
}
