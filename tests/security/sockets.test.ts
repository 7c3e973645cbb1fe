import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { type Stack, startStack } from '../support/stack.ts';

/** Small enough to be reached; a whole request takes a few milliseconds, and on a busy machine some more. */
const limits = { windows: 3, sockets: 40, requestMs: 4_000 };
/** For a connection that hangs only. */
const patienceMs = 10 * 60_000;

let stack: Stack;
let cookie: string;
let host: string;

beforeAll(async () => {
  stack = await startStack({ limits });
  cookie = await stack.signIn();
  host = `127.0.0.1:${stack.server.port}`;
});
afterAll(() => stack[Symbol.asyncDispose]());

/** A connection as a hostile program opens it: it does not end because the other side does. */
async function dial(): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: stack.server.port, allowHalfOpen: true });
  socket.on('error', () => undefined);
  await new Promise((resolve) => {
    socket.once('connect', resolve);
    socket.once('close', resolve);
  });
  return socket;
}

interface Conversation {
  /** All that the server said. */
  readonly said: string;
  /** False where the server had not ended the connection when the time was up. */
  readonly hasEnded: boolean;
}

/** Says something, then `drip` again and again, until the server ends the connection. */
async function converse(text: string, drip = ''): Promise<Conversation> {
  const socket = await dial();
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString('latin1')));
  const ended = new Promise<boolean>((resolve) => {
    if (socket.destroyed) resolve(true);
    for (const event of ['end', 'close', 'error']) socket.once(event, () => resolve(true));
  });
  socket.write(text);
  const dripping = setInterval(() => drip !== '' && socket.write(drip), 50);
  const hasEnded = await Promise.race([ended, pause(patienceMs, false, { ref: false })]);
  clearInterval(dripping);
  socket.destroy();
  return { said, hasEnded };
}

const statuses = (said: string) =>
  [...said.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));

function head(line: string, headers: Record<string, string>): string {
  const lines = Object.entries({ Host: host, Cookie: cookie, ...headers });
  return `${line}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function upgrade(headers: Record<string, string>): string {
  return head('GET /contract HTTP/1.1', {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  });
}

/** @returns the status of a plain, complete request */
async function page(): Promise<number | undefined> {
  const answer = await fetch(`http://${host}/`, { headers: { cookie, connection: 'close' } });
  await answer.text();
  return answer.status;
}

function isOpen(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
}

describe('a caller that takes its time', () => {
  test.concurrent.each([
    ['says nothing', '', ''],
    ['sends its headers letter by letter', 'GET / HTTP/1.1\r\nX-Slow: ', 'a'],
  ])('and %s is shown out', async (_name, text, drip) => {
    expect(await converse(text, drip)).toMatchObject({ hasEnded: true });
  });

  test.concurrent.each([
    ['GET', { 'Content-Length': '1000000' }, 413],
    ['GET', { 'Transfer-Encoding': 'chunked' }, 413],
    ['POST', { 'Content-Length': '1000000' }, 405],
  ])('with the body of a %s with %j gets an answer and no more time', async (method, headers, status) => {
    const { said, hasEnded } = await converse(head(`${method} / HTTP/1.1`, headers), '1');
    expect({ statuses: statuses(said), hasEnded }).toEqual({ statuses: [status], hasEnded: true });
  });
});

describe('two readings of one request', () => {
  const smuggled = `GET /assets/index.js HTTP/1.1\r\nHost: HOST\r\nCookie: COOKIE\r\n\r\n`;
  test.concurrent.each([
    ['two lengths', 'Content-Length: 0\r\nContent-Length: 90\r\n'],
    ['two lengths in one', 'Content-Length: 0, 90\r\n'],
    ['a length and chunks', 'Content-Length: 90\r\nTransfer-Encoding: chunked\r\n'],
    ['chunks that are not named last', 'Transfer-Encoding: chunked, identity\r\n'],
    ['a length with a sign', 'Content-Length: +90\r\n'],
    ['a header with a space before its colon', 'Content-Length : 90\r\n'],
    ['a folded header', 'X-Folded: a\r\n b\r\n'],
    ['a second host', 'Host: rebound.example.com\r\n'],
    ['two origins', 'Origin: http://HOST\r\nOrigin: https://evil.example.com\r\n'],
  ])('(%s) are none', async (_name, headers) => {
    const text = `GET / HTTP/1.1\r\nHost: HOST\r\nCookie: COOKIE\r\n${headers}\r\n${smuggled}`;
    const { said } = await converse(text.replaceAll('HOST', host).replaceAll('COOKIE', cookie));
    expect(statuses(said)).toHaveLength(1);
    expect(statuses(said)[0]).toBeGreaterThanOrEqual(400);
  });
});

describe('an upgrade that is refused', () => {
  test('carries the headers of every answer and ends the connection', async () => {
    for (const headers of [
      { Cookie: '', Origin: `http://${stack.origin}` },
      { Origin: 'https://evil.example.com' },
      { Origin: stack.origin, Host: `rebound.example.com:${stack.server.port}` },
    ]) {
      const { said, hasEnded } = await converse(upgrade(headers));
      expect(hasEnded).toBe(true);
      expect(statuses(said)).toEqual([403]);
      for (const name of [
        'Content-Security-Policy',
        'X-Content-Type-Options',
        'Cross-Origin-Resource-Policy',
      ])
        expect(said).toContain(`\r\n${name}: `);
    }
  });

  test('leaves no connection behind, however many there are and whoever keeps theirs open', async () => {
    const kept: Socket[] = [];
    for (let count = 0; count < limits.sockets * 2; count += 1) {
      const socket = await dial();
      socket.write(upgrade({ Origin: 'https://evil.example.com' }));
      await new Promise((resolve) => socket.once('data', resolve).once('close', resolve));
      kept.push(socket);
    }
    expect(await page()).toBe(200);
    for (const socket of kept) socket.destroy();
  });

  test('and whose caller is gone already harms nobody', async () => {
    for (let count = 0; count < 20; count += 1) {
      const socket = await dial();
      socket.write(upgrade({ Origin: 'https://evil.example.com' }), () => socket.resetAndDestroy());
      await new Promise((resolve) => socket.once('close', resolve));
    }
    expect(await page()).toBe(200);
  });
});

test('a flood of sockets ends at the limit, spares who is connected, and passes', async () => {
  const window = stack.socket({ cookie, origin: stack.origin });
  expect(await isOpen(window)).toBe(true);
  const flood = await Promise.all(Array.from({ length: 1_000 }, dial));
  for (const socket of flood) socket.resume();
  const held = () => flood.filter((socket) => !socket.destroyed && !socket.readableEnded).length;
  await expect.poll(held).toBeLessThan(limits.sockets);
  const pong = new Promise((resolve) => window.once('pong', resolve));
  window.ping();
  await pong;
  await expect.poll(() => page().catch(() => 'refused')).toBe(200);
  window.terminate();
  for (const socket of flood) socket.destroy();
});

test('two tabs of one browser do not disturb each other; more than there may be are refused', async () => {
  const open = () => stack.socket({ cookie, origin: stack.origin });
  const tabs = [open(), open(), open()];
  expect(await Promise.all(tabs.map(isOpen))).toEqual([true, true, true]);
  expect(await isOpen(open())).toBe(false);
  const [first, second] = tabs;
  await new Promise((resolve) => first?.once('close', resolve).close());
  const answer = new Promise<string>((resolve) =>
    second?.once('message', (data: Buffer) => resolve(data.toString())),
  );
  second?.send(JSON.stringify({ i: '0', p: { u: '/workspace/status', b: { json: {} } } }));
  expect(await answer).toContain('first_run');
  await expect.poll(() => isOpen(open())).toBe(true);
  for (const tab of tabs) tab.terminate();
});
