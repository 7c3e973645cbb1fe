import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Secrets } from '../ports.ts';

const secretsSchema = z.object({ notice: z.string(), secrets: z.record(z.string(), z.string()) });
const notice =
  'Keys of Satchel. No keyring answered on this computer, so they are kept here. Keep a copy of this file: a backup of Satchel does not hold them, and without them personal data cannot be read.';

/** For a computer without a keyring: a file of the data directory that only its owner can read, with a notice in it. */
export function fileSecrets(dataDir: string, name = 'secrets.json'): Secrets {
  const file = path.join(dataDir, name);
  const read = async (): Promise<Record<string, string>> => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
      throw error;
    }
    const parsed = secretsSchema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data.secrets;
    throw new SatchelError('corrupt', say`${file} is damaged. Put back a good copy of it.`);
  };
  return {
    read: async (name) => (await read())[name] ?? null,
    write: async (name, value) => {
      const secrets = { ...(await read()), [name]: value };
      await mkdir(dataDir, { recursive: true, mode: 0o700 });
      const partial = `${file}.partial`;
      const handle = await open(partial, 'w', 0o600);
      try {
        await handle.chmod(0o600);
        await handle.writeFile(`${JSON.stringify({ notice, secrets }, null, 2)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(partial, file);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
