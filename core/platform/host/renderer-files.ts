import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface PageFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

/** The built interface by URL path. */
export interface RendererFiles {
  /** @param pathname of the request, e.g. `/assets/index-1a2b.js`; a path without a file extension is the page itself */
  find(pathname: string): PageFile | undefined;
}

/**
 * What every answer of both shells carries. Scripts, styles and connections are the application's own; nothing is
 * inline, so that text which found its way into the page as markup cannot run.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
};

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/**
 * Reads the built interface once. Only what was found then can ever be asked for, so no path in a request reaches the
 * file system.
 */
export async function loadRendererFiles(directory: string): Promise<RendererFiles> {
  const files = new Map<string, PageFile>();
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const type = contentTypes[path.extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const file = path.join(entry.parentPath, entry.name);
    const pathname = `/${path.relative(directory, file).split(path.sep).join('/')}`;
    // Vite puts a hash of the content into the names below assets/.
    const caching = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store';
    files.set(pathname, {
      bytes: new Uint8Array(await readFile(file)),
      headers: { ...pageHeaders, 'Content-Type': type, 'Cache-Control': caching },
    });
  }
  return {
    find: (pathname) => files.get(path.posix.extname(pathname) === '' ? '/index.html' : pathname),
  };
}
