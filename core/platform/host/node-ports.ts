import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Network, Ports, Secrets } from '../ports.ts';
import { fileSecrets } from './file-secrets.ts';
import { keyringSecrets, loadKeyring } from './keyring-secrets.ts';

/** The ports of a plain Node process: the network, and secrets in the keyring or else in a file of the data directory. */
export function nodePorts(dataDir: string): Ports {
  return { network: nodeNetwork, secrets: usualSecrets(dataDir, loadKeyring), ...withoutDesktop };
}

const onlyDesktop = () =>
  Promise.reject(new SatchelError('invalid', say`Only the desktop app of Satchel can do this.`));
const withoutDesktop: Pick<Ports, 'notifications' | 'files'> = {
  notifications: { show: onlyDesktop },
  files: { reveal: onlyDesktop },
};

export const nodeNetwork: Network = {
  fetch: async ({ url, method = 'GET', headers = {}, body }, signal) => {
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body: typeof body === 'string' ? body : new Uint8Array(body) }),
        ...(signal && { signal }),
      });
    } catch (cause) {
      signal?.throwIfAborted();
      const host = URL.parse(url)?.host ?? url;
      throw new SatchelError(
        'offline',
        say`There is no connection to ${host}. Check the network and try again.`,
        { cause },
      );
    }
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  },
};

/**
 * The keyring where one answers, found out when a secret is first asked for. What the file has from a time without one is
 * read as well, and nothing is ever removed from it.
 */
export function usualSecrets(dataDir: string, load: typeof loadKeyring): Secrets {
  const file = fileSecrets(dataDir);
  let found: Promise<Secrets | undefined> | undefined;
  const keyring = () => (found ??= load().then((module) => module && keyringSecrets(module)));
  return {
    read: async (name) => (await (await keyring())?.read(name)) ?? file.read(name),
    write: async (name, value) => ((await keyring()) ?? file).write(name, value),
  };
}

/** What seals a text so that only this person on this computer opens it. */
interface Keychain {
  seal(text: string): string;
  open(sealed: string): string;
}

/** Secrets in a file of the data directory, sealed where there is a keychain to seal them by, else kept as `plain` does. */
export function sealedSecrets(
  dataDir: string,
  plain: Secrets,
  findKeychain: () => Keychain | undefined,
): Secrets {
  const file = fileSecrets(dataDir, 'sealed-secrets.json');
  return {
    read: async (name) => {
      const keychain = findKeychain();
      const sealed = keychain ? await file.read(name) : null;
      return keychain && sealed !== null ? keychain.open(sealed) : plain.read(name);
    },
    write: (name, value) => {
      const keychain = findKeychain();
      return keychain ? file.write(name, keychain.seal(value)) : plain.write(name, value);
    },
  };
}
