import { MessageChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { WorkQueue } from './queue.ts';

test('interactive work goes before background work that has not started', async () => {
  const queue = new WorkQueue();
  const order: string[] = [];
  const add = (priority: 'interactive' | 'background', name: string) =>
    queue.run(priority, undefined, async () => void order.push(name));
  await Promise.all([
    add('background', 'first'),
    add('background', 'second'),
    add('interactive', 'third'),
    add('interactive', 'fourth'),
  ]);
  expect(order).toEqual(['third', 'fourth', 'first', 'second']);
  expect(queue.isIdle).toBe(true);
});

test('what was asked for while the thread was busy, or follows from an answer, goes before background work', async () => {
  const queue = new WorkQueue();
  const order: string[] = [];
  const add = (priority: 'interactive' | 'background', name: string) =>
    queue.run(priority, undefined, async () => void order.push(name));
  const { port1, port2 } = new MessageChannel();
  const heard = new Promise<void>((resolve) => {
    port1.once('message', () =>
      resolve(add('interactive', 'asked').then(() => add('interactive', 'asked next'))),
    );
  });
  port2.postMessage('while the thread is busy');
  await Promise.all([
    add('interactive', 'first').then(() => add('interactive', 'second')),
    add('background', 'slice'),
    add('background', 'next slice'),
    heard,
  ]);
  port1.close();
  expect(order.indexOf('second')).toBeLessThan(order.indexOf('slice'));
  expect(order.indexOf('asked next')).toBeLessThan(order.indexOf('next slice'));
});

test('one piece runs at a time, and a failure does not stop the next', async () => {
  const queue = new WorkQueue();
  let running = 0;
  const piece = async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    throw new Error('no');
  };
  const results = await Promise.allSettled([1, 2, 3].map(() => queue.run('interactive', undefined, piece)));
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  await queue.whenIdle();
});

test('work whose signal aborts while it waits never starts', async () => {
  const queue = new WorkQueue();
  const controller = new AbortController();
  let started = false;
  const blocking = queue.run(
    'interactive',
    undefined,
    () => new Promise((resolve) => setTimeout(resolve, 5)),
  );
  const waiting = queue.run('interactive', controller.signal, async () => {
    started = true;
  });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  await blocking;
  await expect(queue.run('background', controller.signal, async () => 1)).rejects.toMatchObject({
    name: 'AbortError',
  });
  await queue.whenIdle();
  expect(started).toBe(false);
});

test('tells how long nobody has asked for interactive work', async () => {
  const queue = new WorkQueue();
  await queue.run('background', undefined, async () => {});
  expect(queue.quietMilliseconds).toBe(Number.POSITIVE_INFINITY);
  await queue.run('interactive', undefined, async () => {});
  expect(queue.quietMilliseconds).toBeLessThan(Number.POSITIVE_INFINITY);
});
