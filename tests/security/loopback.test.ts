import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { signInPage } from '#loopback/server/sign-in-page.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let cookie: string;

beforeAll(async () => {
  stack = await startStack();
  cookie = await stack.signIn();
});
afterAll(() => stack[Symbol.asyncDispose]());

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request with exactly these headers and this path, which `fetch` would tidy up. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: stack.server.port, path, method, headers }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** @returns `open`, or the status with which the upgrade was refused */
function outcome(socket: WebSocket): Promise<'open' | number> {
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0));
    socket.on('error', reject);
  });
}

describe('the token', () => {
  test('is exchanged once for a cookie that no script and no other site can use', async () => {
    const address = new URL(stack.server.issueAddress());
    const first = await ask(address.pathname + address.search);
    expect(first.status).toBe(303);
    expect(first.headers['location']).toBe('/');
    const set = String(first.headers['set-cookie']);
    expect(set).toMatch(/^satchel_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    const again = await ask(address.pathname + address.search);
    expect(again.status).toBe(401);
    expect(again.headers['set-cookie']).toBeUndefined();
  });

  test('is in no address that stays in a browser’s history, used or not', async () => {
    const address = new URL(stack.server.issueAddress());
    for (const headers of [{}, { cookie }]) {
      const answer = await ask(address.pathname + address.search, headers);
      expect(answer.status).toBe(303);
      expect(answer.headers).toMatchObject({
        location: '/',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
    }
  });

  test('stops working when a new one is issued', async () => {
    const old = new URL(stack.server.issueAddress());
    stack.server.issueAddress();
    expect((await ask(old.pathname + old.search)).status).toBe(401);
  });

  test.each(['/', '/assets/index.js', '/?token=', '/?token=guess', '/?token=guess&token=other'])(
    'without a session %s is not served',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(401);
      expect(answer.body).toBe(signInPage.html);
    },
  );

  test('a wrong, foreign or cut cookie is no session', async () => {
    const [name, value = ''] = cookie.split('=');
    for (const wrong of [
      `${name}=guess`,
      `${name}=${value.slice(1)}`,
      `satchel_1=${value}`,
      `${name}=`,
      value,
    ]) {
      expect((await ask('/', { cookie: wrong })).status).toBe(401);
    }
    expect((await ask('/', { cookie: `other=1; ${cookie}` })).status).toBe(200);
  });
});

describe('a page elsewhere', () => {
  test.each(['rebound.example.com', 'localhost', '127.0.0.1', '127.0.0.1:1', '[::1]:80'])(
    'that reaches us as host %j is refused even with the cookie',
    async (host) => {
      expect((await ask('/', { cookie, host })).status).toBe(403);
    },
  );

  test.each(['https://evil.example.com', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
    'with the origin %s is refused even with the cookie',
    async (origin) => {
      expect((await ask('/', { cookie, origin })).status).toBe(403);
      expect(await outcome(stack.socket({ cookie, origin }))).toBe(403);
    },
  );

  test('a connection needs origin and cookie', async () => {
    const { origin } = stack;
    expect(await outcome(stack.socket({ cookie, origin }))).toBe('open');
    expect(await outcome(stack.socket({ cookie }))).toBe(403);
    expect(await outcome(stack.socket({ origin }))).toBe(403);
    expect(
      await outcome(stack.socket({ origin, cookie, host: `rebound.example.com:${stack.server.port}` })),
    ).toBe(403);
  });
});

describe('what is served', () => {
  test('carries a strict policy', async () => {
    const { headers } = await ask('/', { cookie });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy.join(' ')).not.toContain('unsafe');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  test.each([
    '/../secret.js',
    '/..%2fsecret.js',
    '/assets/..%2f..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/assets/../../secret.js',
    '/..\\secret.js',
    '//etc/passwd.js',
    '/assets/index.js%00.html',
    '/__proto__.js',
  ])('is never outside of the interface: %s', async (path) => {
    const { status, body } = await ask(path, { cookie });
    expect(status).toBe(404);
    expect(body).not.toContain('outside');
  });

  test('is only read', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask('/', { cookie }, method)).status).toBe(405);
    }
  });

  test('an address that cannot be read is refused', async () => {
    expect((await ask('http://[/', { cookie })).status).toBe(400);
  });
});
