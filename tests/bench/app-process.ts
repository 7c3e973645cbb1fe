/**
 * The application's own process for the bench: the host with its worker behind the loopback server, as `satchel serve`
 * runs it. Says `ready` with the address, then answers each line on its input with what the
 * process measured so far: `figures` begins the maxima anew, `computed` does not.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { launchHost } from '#core/platform/host/host.ts';
import { loadRendererFiles } from '#core/platform/host/renderer-files.ts';
import { startLoopbackServer } from '#loopback/server/server.ts';

const [dataDir, pages] = process.argv.slice(2);
if (dataDir === undefined || pages === undefined)
  throw new Error('Name the data directory and the pages to serve.');

/** Milliseconds that this thread has computed. */
function computed(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** The most that this thread has computed between two turns of a timer: what it was blocked by its own doing. */
const busy = { most: 0, last: computed() };
const timer = setInterval(() => {
  const now = computed();
  busy.most = Math.max(busy.most, now - busy.last);
  busy.last = now;
}, 1);

const host = launchHost({ dataDir });
const [files] = await Promise.all([loadRendererFiles(pages), host.claimed]);
const server = await startLoopbackServer({ host, files, port: 0 });
const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();
console.log(JSON.stringify({ ready: true, port: server.port, address: server.issueAddress() }));

for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'close') break;
  console.log(
    JSON.stringify({
      // The histogram counts the timer's own millisecond as delay.
      blockedMilliseconds: loop.max / 1e6 - 1,
      busyMilliseconds: busy.most,
      computedMilliseconds: (process.cpuUsage().user + process.cpuUsage().system) / 1_000,
      residentMegabytes: process.memoryUsage().rss / 1e6,
      peakMegabytes: (process.resourceUsage().maxRSS * 1_024) / 1e6,
    }),
  );
  if (line === 'computed') continue;
  loop.reset();
  busy.most = 0;
  busy.last = computed();
}
clearInterval(timer);
await server.close();
await host.close();
process.exit(0);
