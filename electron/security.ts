import { session, shell, type WebContents } from 'electron';
import { appAddress } from './app-protocol.ts';

/** What a link may hand to the operating system. Others (`file:`, `smb:`, a program's own scheme) can start things. */
const outsideSchemes = ['https:', 'http:', 'mailto:', 'tel:'];

/** Copying is all that the interface does. */
const allowedPermissions = ['clipboard-sanitized-write'];

/** Holds a page to its own address: no navigation elsewhere, no windows of its own, no embedded pages. */
export function guardContents(contents: WebContents): void {
  const stay = (event: { url: string; preventDefault(): void }) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

/** No page of ours needs the camera, the place, notifications or a device; one that asks was taken over. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((contents, permission, callback) =>
    callback(allowedPermissions.includes(permission) && isOwnAddress(contents.getURL())),
  );
  defaultSession.setPermissionCheckHandler(
    (contents, permission) =>
      contents !== null && allowedPermissions.includes(permission) && isOwnAddress(contents.getURL()),
  );
  defaultSession.setDevicePermissionHandler(() => false);
}

/** Opens a link of a record (a web site, an address, a number) in the program the person has for it. */
function openOutside(address: string): void {
  const url = URL.parse(address);
  if (url && outsideSchemes.includes(url.protocol)) void shell.openExternal(url.href);
}

function isOwnAddress(address: string): boolean {
  return address.startsWith(appAddress);
}
