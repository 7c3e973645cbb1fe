/**
 * The application's own process for the bench: the host with its worker behind the loopback server, as `satchel serve`
 * runs it. Says `ready` with the address, then answers each line on its input with what the process measured so far.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { startHost } from '#core/host/host.ts';
import { loadRendererFiles } from '#core/host/renderer-files.ts';
import { startLoopbackServer } from '#loopback/server/server.ts';

const [dataDir, pages] = process.argv.slice(2);
if (dataDir === undefined || pages === undefined)
  throw new Error('Name the data directory and the pages to serve.');

const host = await startHost({ dataDir });
const server = await startLoopbackServer({ host, files: await loadRendererFiles(pages), port: 0 });
const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();
console.log(JSON.stringify({ ready: true, port: server.port, address: server.issueAddress() }));

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'close') break;
  // The histogram counts the timer's own millisecond as delay.
  const blocked = loop.max / 1e6 - 1;
  console.log(
    JSON.stringify({ blockedMilliseconds: blocked, residentMegabytes: process.memoryUsage().rss / 1e6 }),
  );
  loop.reset();
}
await server.close();
await host.close();
process.exit(0);
