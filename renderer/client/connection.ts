import { type ConnectedClient, createContractClient } from '#shared/contract/client.ts';
import { type DesktopBridge, desktopTransport, webSocketTransport } from '#shared/contract/transport.ts';

declare global {
  interface Window {
    /** Only in the desktop shell: what its preload exposes. */
    readonly satchel?: DesktopBridge;
  }
}

/** The application over whichever shell this page runs in. */
export function connectToApplication(): ConnectedClient {
  if (window.satchel) return createContractClient(desktopTransport(window.satchel));
  return createContractClient(webSocketTransport(`ws://${window.location.host}/contract`));
}
