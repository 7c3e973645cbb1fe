import type { Ports } from '#core/platform/ports.ts';

const none = () => Promise.reject(new Error('This test has no such port.'));

/** Ports of a test: secrets in memory, and nothing else. */
export function testPorts(secrets: Map<string, string> = new Map()): Ports {
  return {
    network: { fetch: none },
    secrets: {
      read: (name) => Promise.resolve(secrets.get(name) ?? null),
      write: (name, value) => {
        secrets.set(name, value);
        return Promise.resolve();
      },
    },
    notifications: { show: none },
    files: { reveal: none },
  };
}
