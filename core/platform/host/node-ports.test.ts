import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileSecrets } from './file-secrets.ts';
import type { Keyring } from './keyring-secrets.ts';
import { nodeNetwork, sealedSecrets, usualSecrets } from './node-ports.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'satchel-ports-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** A keyring in memory. */
function memoryKeyring(forgets = false): Keyring {
  const kept = new Map<string, string>();
  return {
    AsyncEntry: class {
      readonly #name: string;
      constructor(service: string, name: string) {
        this.#name = `${service} ${name}`;
      }
      getPassword() {
        return Promise.resolve(kept.get(this.#name));
      }
      setPassword(value: string) {
        if (!forgets) kept.set(this.#name, value);
        return Promise.resolve();
      }
    },
  };
}

describe('secrets', () => {
  test('without a keyring are kept in a file of the owner alone, with a notice', async () => {
    const home = path.join(dir, 'none');
    const secrets = usualSecrets(home, () => Promise.resolve(undefined));
    expect(await secrets.read('a')).toBeNull();
    await secrets.write('a', 'one');
    await secrets.write('b', 'two');
    expect([await secrets.read('a'), await secrets.read('b')]).toEqual(['one', 'two']);
    const file = path.join(home, 'secrets.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      notice: expect.stringContaining('backup of Satchel does not hold them') as string,
    });
    await writeFile(file, '{"secrets": ');
    await expect(secrets.read('a')).rejects.toMatchObject({ code: 'corrupt' });
    await expect(secrets.write('a', 'x')).rejects.toMatchObject({ code: 'corrupt' });
  });

  test('are kept in the keyring where one answers, and what a file has from before is read too', async () => {
    const home = path.join(dir, 'keyring');
    await fileSecrets(home).write('old', 'from the file');
    const secrets = usualSecrets(home, () => Promise.resolve(memoryKeyring()));
    await secrets.write('new', 'in the keyring');
    expect([await secrets.read('new'), await secrets.read('old')]).toEqual([
      'in the keyring',
      'from the file',
    ]);
    expect(await readFile(path.join(home, 'secrets.json'), 'utf8')).not.toContain('in the keyring');
  });

  test('that a keyring does not keep are an error, before anything is sealed by them', async () => {
    const secrets = usualSecrets(path.join(dir, 'forgets'), () => Promise.resolve(memoryKeyring(true)));
    await expect(secrets.write('a', 'one')).rejects.toMatchObject({ code: 'internal' });
  });

  test('are sealed where there is a keychain to seal by', async () => {
    const home = path.join(dir, 'sealed');
    const keychain = { seal: (text: string) => btoa(text), open: (sealed: string) => atob(sealed) };
    const secrets = sealedSecrets(home, fileSecrets(home), () => keychain);
    await secrets.write('a', 'one');
    expect(await secrets.read('a')).toBe('one');
    expect(await readFile(path.join(home, 'sealed-secrets.json'), 'utf8')).not.toContain('"one"');
  });
});

describe('the network', () => {
  test('tells what the server answers, refusals included, and offline where there is none', async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.method === 'POST' ? 418 : 200, { 'x-kind': 'pot' });
      request.pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has such an address.
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const answer = await nodeNetwork.fetch({ url, method: 'POST', body: 'tea' });
    expect([answer.status, answer.headers['x-kind'], new TextDecoder().decode(answer.body)]).toEqual([
      418,
      'pot',
      'tea',
    ]);
    await new Promise((resolve) => server.close(resolve));
    await expect(nodeNetwork.fetch({ url })).rejects.toMatchObject({ code: 'offline' });
    const left = AbortSignal.abort(new Error('left'));
    await expect(nodeNetwork.fetch({ url }, left)).rejects.toThrow('left');
  });
});
