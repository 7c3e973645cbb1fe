import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopBridge, Frame } from '#shared/contract/transport.ts';
import { channels } from './channels.ts';

/**
 * The only thing the page gets beside the web platform: frames to and from the application. `ipcRenderer` itself stays
 * here, so a page that was taken over can do no more than the contract allows.
 */
let lastId = 0;

const bridge: DesktopBridge = {
  connect(onFrame, onClose) {
    lastId += 1;
    const id = lastId;
    const receive = (_event: unknown, to: number, frame: Frame) => {
      if (to === id) onFrame(frame);
    };
    const end = (_event: unknown, to: number) => {
      if (to !== id) return;
      ipcRenderer.removeListener(channels.frame, receive);
      ipcRenderer.removeListener(channels.closed, end);
      onClose();
    };
    ipcRenderer.on(channels.frame, receive);
    ipcRenderer.on(channels.closed, end);
    ipcRenderer.send(channels.connect, id);
    return {
      send: (frame) => ipcRenderer.send(channels.send, id, frame),
      close: () => ipcRenderer.send(channels.close, id),
    };
  },
};

contextBridge.exposeInMainWorld('satchel', bridge);
