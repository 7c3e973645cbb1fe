import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket as NodeWebSocket } from 'ws';
import { type Host, startHost } from '#core/platform/host/host.ts';
import { loadRendererFiles } from '#core/platform/host/renderer-files.ts';
import { readMigrations } from '#db/migrate/migrations.ts';
import { buildTemplate } from '#db/template/build.ts';
import { type LoopbackServer, type ServerLimits, startLoopbackServer } from '#loopback/server/server.ts';
import { type ConnectedClient, createContractClient } from '#shared/contract/client.ts';
import type { Connect } from '#shared/contract/transport.ts';

/** The whole application behind the loopback shell, on a new data directory, with a page of its own to serve. */
export interface Stack extends AsyncDisposable {
  readonly host: Host;
  readonly server: LoopbackServer;
  readonly origin: string;
  readonly dataDir: string;
  /** A client over a channel of the host, without the network. */
  client(): ConnectedClient;
  /** Exchanges a new token, as a browser does. @returns the cookie to send */
  signIn(): Promise<string>;
  /** A socket as our own page opens it; `headers` replace what a browser would send. */
  socket(headers: Record<string, string>): NodeWebSocket;
}

export async function startStack(options: { limits?: ServerLimits } = {}): Promise<Stack> {
  const directory = await mkdtemp(path.join(tmpdir(), 'satchel-stack-'));
  const dataDir = path.join(directory, 'data');
  const pages = path.join(directory, 'renderer');
  await mkdir(path.join(pages, 'assets'), { recursive: true });
  await writeFile(path.join(pages, 'index.html'), '<!doctype html><title>Satchel</title>');
  await writeFile(path.join(pages, 'assets', 'index.js'), 'export {};');
  await writeFile(path.join(directory, 'secret.js'), 'outside of what is served');
  // Each start copies it instead of running initdb.
  await buildTemplate(await readMigrations());
  const host = await startHost({ dataDir });
  const server = await startLoopbackServer({
    host,
    files: await loadRendererFiles(pages),
    port: 0,
    ...options,
  });
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    host,
    server,
    origin,
    dataDir,
    client: () => createContractClient(hostTransport(host)),
    signIn: async () => {
      const answer = await fetch(server.issueAddress(), { redirect: 'manual' });
      return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    },
    socket: (headers) => new NodeWebSocket(`ws://127.0.0.1:${server.port}/contract`, { headers }),
    async [Symbol.asyncDispose]() {
      await server.close();
      await host.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export function hostTransport(host: Host): Connect {
  return (listener) => Promise.resolve(host.connect(listener));
}
