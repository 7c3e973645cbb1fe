import path from 'node:path';
import { protocol } from 'electron';
import { loadRendererFiles, pageHeaders } from '#core/platform/host/renderer-files.ts';

/** The interface's own origin. A `file:` page could read every file of the user, and has no origin to check. */
const appScheme = 'satchel';
export const appAddress = `${appScheme}://app/`;

/** Before Electron is ready: the scheme behaves like https (an origin, storage, fetch, the content policy). */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Answers `satchel://app/...` from the built interface, and nothing else. */
export async function serveAppScheme(): Promise<void> {
  const files = await loadRendererFiles(rendererDirectory());
  protocol.handle(appScheme, (request) => {
    const url = URL.parse(request.url);
    const file = url?.host === 'app' && request.method === 'GET' ? files.find(url.pathname) : undefined;
    return file
      ? new Response(file.bytes, { headers: file.headers })
      : new Response('There is no such file.', { status: 404, headers: pageHeaders });
  });
}

/** The bundle lies in dist/electron, beside dist/renderer. */
function rendererDirectory(): string {
  return path.join(import.meta.dirname, import.meta.url.endsWith('.ts') ? '../dist/renderer' : '../renderer');
}
