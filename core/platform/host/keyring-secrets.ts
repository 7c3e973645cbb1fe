import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Secrets } from '../ports.ts';

/** What is used of `@napi-rs/keyring`. */
export interface Keyring {
  readonly AsyncEntry: new (
    service: string,
    name: string,
    options: { linux: { store: 'secret-service' } },
  ) => { getPassword(): Promise<string | null | undefined>; setPassword(value: string): Promise<unknown> };
}

const service = 'Satchel';
/** Not the kernel's keyring, which forgets everything when the computer is switched off. */
const options = { linux: { store: 'secret-service' } } as const;

/** The system's keyring; undefined where there is none, it does not answer, or this platform has no program for it. */
export async function loadKeyring(): Promise<Keyring | undefined> {
  try {
    const keyring: Keyring = await import('@napi-rs/keyring');
    await new keyring.AsyncEntry(service, 'answers', options).getPassword();
    return keyring;
  } catch {
    return undefined;
  }
}

export function keyringSecrets({ AsyncEntry }: Keyring): Secrets {
  return {
    read: async (name) => (await new AsyncEntry(service, name, options).getPassword()) ?? null,
    write: async (name, value) => {
      const entry = new AsyncEntry(service, name, options);
      await entry.setPassword(value);
      if ((await entry.getPassword()) === value) return;
      throw new SatchelError('internal', say`The keyring of this computer did not keep what it was given.`);
    },
  };
}
