import { expect, test } from 'vitest';
import { type Service, ServiceRunner } from './service.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('services start in their order and stop in the reverse one; one that fails is left out', async () => {
  const heard: string[] = [];
  const service = (name: string, fails = false): Service => ({
    name,
    start: () => {
      heard.push(`start ${name}`);
      if (fails) throw new Error('no');
    },
    stop: () => {
      heard.push(`stop ${name}`);
      return name === 'b' ? Promise.reject(new Error('no')) : Promise.resolve();
    },
  });
  const runner = new ServiceRunner(log);
  runner.register(service('a'));
  runner.register(service('broken', true));
  runner.register(service('b'));
  expect(() => runner.register(service('a'))).toThrow('Two services are named a.');
  await runner.start();
  await runner.stop();
  await runner.stop();
  expect(heard).toEqual(['start a', 'start broken', 'start b', 'stop b', 'stop a']);
});
