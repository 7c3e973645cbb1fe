import type { ConnectedClient } from '#shared/contract/client.ts';

/** What came of a call: an answer or the code of the refusal, and all that it says. */
export interface Outcome {
  readonly code: string;
  readonly told: string;
}

/** Calls a procedure by its path, as a client that was written for it would. */
export async function outcomeOf(client: ConnectedClient, path: string, input: unknown): Promise<Outcome> {
  try {
    return { code: 'answered', told: JSON.stringify(await callAt(client, path, input)) ?? '' };
  } catch (error) {
    return { code: String(Reflect.get(Object(error), 'code')), told: String(error) };
  }
}

/** The answer; of a stream all events. */
async function callAt({ api }: ConnectedClient, path: string, input: unknown): Promise<unknown> {
  const procedure: unknown = path
    .split('.')
    .reduce((node: unknown, name) => Reflect.get(Object(node), name), api);
  if (typeof procedure !== 'function') throw new TypeError(`There is no ${path}.`);
  const answer: unknown = await Reflect.apply(procedure, undefined, [input]);
  if (typeof answer !== 'object' || answer === null || !(Symbol.asyncIterator in answer)) return answer;
  const events: unknown[] = [];
  for await (const event of answer as AsyncIterable<unknown>) events.push(event);
  return events;
}
