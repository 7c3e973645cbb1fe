/** The stream until it ends or `signal` aborts, which ends it as if it had nothing more to say. */
export function endable<T>(
  stream: AsyncIteratorObject<T, unknown, void>,
  signal: AbortSignal,
): AsyncIteratorObject<T, unknown, void> {
  const ended: IteratorReturnResult<undefined> = { done: true, value: undefined };
  // One listener for the stream's life: a promise raced for each event would keep something of every event.
  let end: () => void = () => undefined;
  signal.addEventListener('abort', () => end(), { once: true });
  const leave = async () => {
    // A generator that waits for its next event does not answer before it comes.
    if (!signal.aborted) await stream.return?.();
    return ended;
  };
  return {
    next: () =>
      new Promise((resolve, reject) => {
        end = () => resolve(ended);
        if (signal.aborted) end();
        else stream.next().then(resolve, reject);
      }),
    return: leave,
    [Symbol.asyncDispose]: async () => void (await leave()),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
