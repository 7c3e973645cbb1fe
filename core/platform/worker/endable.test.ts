import { expect, test } from 'vitest';
import { endable } from './endable.ts';

async function* waiting(events: readonly string[]): AsyncGenerator<string, void, void> {
  yield* events;
  await new Promise(() => undefined);
}

test('a stream that waits for its next event ends when told to', async () => {
  const ending = new AbortController();
  const stream = endable(waiting(['one', 'two']), ending.signal);
  expect([await stream.next(), await stream.next()]).toEqual([
    { done: false, value: 'one' },
    { done: false, value: 'two' },
  ]);
  const next = stream.next();
  ending.abort();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(await stream.return?.()).toEqual({ done: true, value: undefined });
});

test('without that it passes on what it is given, its failure too', async () => {
  const failing = (async function* (): AsyncGenerator<string, void, void> {
    yield 'one';
    throw new Error('broken');
  })();
  const seen: string[] = [];
  const reading = (async () => {
    for await (const event of endable(failing, new AbortController().signal)) seen.push(event);
  })();
  await expect(reading).rejects.toThrow('broken');
  expect(seen).toEqual(['one']);
});
