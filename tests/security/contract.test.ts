import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { ConnectedClient } from '#shared/contract/client.ts';
import { maxFrameBytes } from '#shared/contract/transport.ts';
import { SatchelError } from '#shared/errors.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let client: ConnectedClient;
let headers: Record<string, string>;

beforeAll(async () => {
  stack = await startStack();
  client = stack.client();
  headers = { cookie: await stack.signIn(), origin: stack.origin };
  await client.api.workspace.create({ name: 'Harbour', personName: 'Ada' });
});
afterAll(async () => {
  client.close();
  await stack[Symbol.asyncDispose]();
});

async function opened(): Promise<WebSocket> {
  const socket = stack.socket(headers);
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return socket;
}

/** Sends one message. @returns the answer, or `closed` */
async function exchange(message: string | Uint8Array): Promise<string> {
  const socket = await opened();
  try {
    return await new Promise((resolve) => {
      socket.on('message', (data: Buffer) => resolve(data.toString()));
      socket.on('close', () => resolve('closed'));
      socket.on('error', () => resolve('closed'));
      socket.send(message);
    });
  } finally {
    socket.terminate();
  }
}

const call = (path: string, json: unknown) => JSON.stringify({ i: '0', p: { u: path, b: { json } } });

async function stillWorks(): Promise<void> {
  expect(await client.api.workspace.status({})).toMatchObject({ state: 'ready' });
}

describe('a message', () => {
  test.each([
    ['no JSON', 'hello'],
    ['empty', ''],
    ['not a request', '{"a":1}'],
    ['null', 'null'],
    ['an array', '[[[[]]]]'],
    ['an unknown type', '{"i":"1","t":99,"p":{}}'],
    ['bytes', new Uint8Array([255, 254, 0, 1])],
    ['a number where a path belongs', '{"i":"1","p":{"u":5}}'],
  ])('that is %s ends its connection and nothing else', async (_name, message) => {
    expect(await exchange(message)).toBe('closed');
    await stillWorks();
  });

  test('over the limit ends its connection', async () => {
    expect(await exchange('x'.repeat(maxFrameBytes + 1))).toBe('closed');
    await stillWorks();
  });

  test('nested beyond measure is an error, not a crash', async () => {
    const answer = await exchange(
      `{"i":"0","p":{"u":"/workspace/status","b":{"json":${'['.repeat(200_000)}${']'.repeat(200_000)}}}}`,
    );
    expect(answer === 'closed' || answer.includes('"code":"invalid"')).toBe(true);
    await stillWorks();
  });
});

describe('a procedure', () => {
  test.each([
    '/nothing',
    '/workspace/nothing',
    '/__proto__',
    '/constructor',
    '/workspace',
    '/workspace/status/then',
    '/',
    '/%00',
  ])('that does not exist (%s) is a typed error', async (path) => {
    const answer: unknown = JSON.parse(await exchange(call(path, {})));
    expect(answer).toMatchObject({ p: { b: { json: { code: 'not_found' } } } });
  });

  test('with wrong input names the field and changes nothing', async () => {
    const error = await client.api.workspace
      .create({ name: '', personName: 'x'.repeat(5_000) })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SatchelError);
    expect(error).toMatchObject({ code: 'invalid', details: { field: 'name' } });
  });

  test('tells nothing of a defect’s cause', async () => {
    // References that point nowhere fail inside the decoder of the RPC library.
    const answer = await exchange(
      JSON.stringify({
        i: '0',
        p: { u: '/workspace/status', b: { json: {}, meta: [[1, 'constructor', 'prototype']] } },
      }),
    );
    expect(answer).not.toMatch(/at .*\.[jt]s:|node_modules|TypeError/);
    await stillWorks();
  });
});

describe('prototype pollution', () => {
  test.each([
    '{"i":"0","p":{"u":"/workspace/status","b":{"json":{"__proto__":{"polluted":true}}}}}',
    '{"i":"0","p":{"u":"/workspace/status","b":{"json":{"constructor":{"prototype":{"polluted":true}}}}}}',
    '{"i":"0","p":{"u":"/workspace/status","b":{"json":{"a":1},"meta":[[1,"__proto__","polluted"]]}}}',
    '{"__proto__":{"polluted":true},"i":"0","p":{"u":"/workspace/status","b":{"json":{}}}}',
  ])('%s leaves no trace in later answers', async (message) => {
    await exchange(message);
    const status = await client.api.workspace.status({});
    expect(Reflect.get(status, 'polluted')).toBeUndefined();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    await stillWorks();
  });
});
