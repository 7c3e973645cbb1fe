import { setTimeout as elapsed } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { testPorts } from '#tests/support/ports.ts';
import { PortAnswers } from '../host/answer-ports.ts';
import type { Ports } from '../ports.ts';
import { HostPorts } from './host-ports.ts';

/** Ports of a host as the worker has them, with what crosses copied as between threads. */
function through(given: Ports): Ports {
  const worker: HostPorts = new HostPorts((message) => {
    const copy = structuredClone(message);
    if (copy.type === 'port_call') void host.take(copy);
    if (copy.type === 'port_abort') host.abort(copy.id);
  });
  const host = new PortAnswers(given, (message) => {
    const copy = structuredClone(message);
    if (copy.type === 'port_answer') worker.take(copy);
  });
  return worker.ports;
}

test('what the worker asks of its host is answered, errors as what they are', async () => {
  const shown: unknown[] = [];
  const ports = through({
    ...testPorts(),
    network: { fetch: () => Promise.reject(new SatchelError('offline', say`There is no network.`)) },
    notifications: {
      show: (notification) => {
        shown.push(notification);
        return Promise.resolve();
      },
    },
  });
  await ports.secrets.write('a', 'one');
  expect([await ports.secrets.read('a'), await ports.secrets.read('b')]).toEqual(['one', null]);
  await ports.notifications.show({ title: 'Done', body: 'All imported.' });
  expect(shown).toEqual([{ title: 'Done', body: 'All imported.' }]);
  await expect(ports.network.fetch({ url: 'https://example.com' })).rejects.toMatchObject({
    code: 'offline',
    message: 'There is no network.',
  });
  await expect(ports.files.reveal('/x')).rejects.toMatchObject({ code: 'internal' });
});

test('a call that nobody waits for is ended at the host', async () => {
  let wasEnded = false;
  const ports = through({
    ...testPorts(),
    network: {
      fetch: async (_request, signal) => {
        await elapsed(10_000, undefined, { signal }).catch(() => (wasEnded = true));
        throw new Error('ended');
      },
    },
  });
  const leave = new AbortController();
  const call = ports.network.fetch({ url: 'https://example.com' }, leave.signal);
  leave.abort(new Error('left'));
  await expect(call).rejects.toThrow('left');
  expect(wasEnded).toBe(true);
});
