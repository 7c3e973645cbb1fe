import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Host } from '#core/platform/host/host.ts';
import { pageHeaders, type RendererFiles } from '#core/platform/host/renderer-files.ts';
import { maxFrameBytes } from '#shared/contract/transport.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { Access, isOwnRequest } from './access.ts';
import { signInPage } from './sign-in-page.ts';
import { pipeSocket } from './socket.ts';

export interface LoopbackServer {
  readonly port: number;
  /** The address to open, with a token that works once. Asking again replaces the token. */
  issueAddress(): string;
  /** Disconnects everybody and stops listening. */
  close(): Promise<void>;
}

/** What one caller may take up. Every program and page of this computer can connect, with a token or without. */
export interface ServerLimits {
  /** Windows at a time: more than a person opens. Each costs a connection in the worker. */
  readonly windows: number;
  /** Sockets at a time, windows included; more are closed at once. */
  readonly sockets: number;
  /** For the whole of a request, from the first byte or the beginning of the connection. */
  readonly requestMs: number;
}

const usualLimits: ServerLimits = { windows: 64, sockets: 512, requestMs: 10_000 };

/**
 * Serves the interface and its connections on 127.0.0.1.
 *
 * @param options.port 0 for any free one
 * @throws SatchelError `conflict` when the port is taken
 */
export async function startLoopbackServer(options: {
  host: Host;
  files: RendererFiles;
  port: number;
  limits?: ServerLimits;
}): Promise<LoopbackServer> {
  const limits = options.limits ?? usualLimits;
  const server = createServer({
    maxHeaderSize: 16 * 1024,
    // Two readings of one request are none; also where Node is told otherwise for all of its servers.
    insecureHTTPParser: false,
    headersTimeout: limits.requestMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.requestMs / 4,
  });
  server.maxConnections = limits.sockets;
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, options.port)));
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : options.port);
    });
  });
  const access = new Access(port);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
  });

  server.on('request', (request, response) =>
    answer(request, response, { access, port, files: options.files }),
  );
  server.on('upgrade', (request, stream, head) => {
    // Node leaves an upgraded stream to its listener: without one its failure would end the process.
    stream.on('error', () => stream.destroy());
    const isAllowed =
      isOwnRequest(request, port, { needsOrigin: true }) &&
      access.hasSession(request) &&
      request.url === '/contract' &&
      sockets.clients.size < limits.windows;
    if (!isAllowed) return refuseUpgrade(stream);
    sockets.handleUpgrade(request, stream, head, (socket) => pipeSocket(socket, options.host));
  });

  return {
    port,
    issueAddress: () => `http://127.0.0.1:${port}/?token=${access.issueToken()}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { access, port, files }: { access: Access; port: number; files: RendererFiles },
): void {
  if (!isOwnRequest(request, port, { needsOrigin: false })) {
    return refuse(response, 403, 'This address belongs to Satchel on this computer.');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only GET is answered.');
  // Nothing here takes a body; the connection ends with the answer, so that nobody can keep it open by sending one.
  if (hasBody(request)) return refuse(response, 413, 'A request here has no body.');
  // Only the path and token are used; the base makes it absolute whatever was asked for.
  const url = URL.parse(request.url ?? '/', 'http://127.0.0.1');
  if (!url) return refuse(response, 400, 'That address cannot be read.');
  const token = url.searchParams.get('token');
  const cookie = token === null ? undefined : access.exchange(token);
  if (cookie) {
    response.writeHead(303, {
      ...pageHeaders,
      Location: '/',
      'Set-Cookie': cookie,
      'Cache-Control': 'no-store',
    });
    response.end();
    return;
  }
  if (token !== null && access.hasSession(request)) {
    // The address was opened again by the browser that used it: a used token is not left in its history either.
    response.writeHead(303, { ...pageHeaders, Location: '/', 'Cache-Control': 'no-store' });
    response.end();
    return;
  }
  if (!access.hasSession(request)) {
    response.writeHead(401, {
      ...pageHeaders,
      ...signInPage.headers,
      'Cache-Control': 'no-store',
      Connection: 'close',
    });
    response.end(request.method === 'HEAD' ? undefined : signInPage.html);
    return;
  }
  const file = files.find(url.pathname);
  if (!file) return refuse(response, 404, 'There is no such file.');
  response.writeHead(200, { ...file.headers, 'Content-Length': file.bytes.length });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, {
    ...pageHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    Connection: 'close',
  });
  response.end(`${reason}\n`);
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Refuses, and ends the connection from this side too: no time limit of the server counts for it any more. */
function refuseUpgrade(stream: Duplex): void {
  const headers = Object.entries({ ...pageHeaders, Connection: 'close', 'Content-Length': '0' });
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  stream.end(`HTTP/1.1 403 Forbidden\r\n${lines}\r\n`, () => stream.destroy());
}

function listenError(error: NodeJS.ErrnoException, port: number): SatchelError {
  return error.code === 'EADDRINUSE'
    ? new SatchelError('conflict', say`Port ${port} is taken by another program. Choose another with --port.`)
    : new SatchelError('internal', say`Cannot listen on port ${port}: ${error.code ?? error.message}.`, {
        cause: error,
      });
}
