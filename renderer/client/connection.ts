import { type ConnectedClient, createContractClient } from '#shared/contract/client.ts';
import { type DesktopBridge, desktopTransport, webSocketTransport } from '#shared/contract/transport.ts';

declare global {
  interface Window {
    /** Only in the desktop shell: what its preload exposes. */
    readonly satchel?: DesktopBridge;
  }
}

/**
 * Whether this page must be opened anew to be let in. In a browser a page is let in by a cookie that ends with the
 * process that gave it; the desktop shell asks for none.
 */
export async function isSignedOut(): Promise<boolean> {
  if (window.satchel) return false;
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).status === 401;
  } catch {
    // Nobody answers: it is not running.
    return false;
  }
}

/** The application over whichever shell this page runs in. */
export function connectToApplication(): ConnectedClient {
  if (window.satchel) return createContractClient(desktopTransport(window.satchel));
  return createContractClient(webSocketTransport(`ws://${window.location.host}/contract`));
}
