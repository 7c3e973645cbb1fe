import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { messageSchema } from '#shared/message.ts';
import { abortReason } from '../queue.ts';
import type { Verification } from './verify-backup.ts';

const answerSchema = z.union([
  z.object({ verification: z.object({ created: z.string(), tables: z.number(), allTables: z.number() }) }),
  z.object({ problem: messageSchema }),
]);

export type VerifyBackup = (file: string, signal: AbortSignal) => Promise<Verification>;

/** `verifyBackup` in a thread of its own, so that work on the live database goes on; `signal` ends it. */
export const verifyBackupInWorker: VerifyBackup = async (file, signal) => {
  const temporary = await mkdtemp(join(dirname(file), '.verify-'));
  let worker: Worker | undefined;
  try {
    // Whoever aborted while the directory was made is not heard by a listener that comes later.
    if (signal.aborted) throw abortReason(signal);
    const workerData = { file, temporary };
    const started = new Worker(new URL('./verification-worker.ts', import.meta.url), { workerData });
    worker = started;
    const answer = await new Promise<unknown>((resolve, reject) => {
      started.once('message', resolve);
      started.once('error', reject);
      started.once('exit', (code) => reject(new Error(`The verification ended with code ${code}.`)));
      signal.addEventListener('abort', () => reject(abortReason(signal)), { once: true });
    });
    const parsed = answerSchema.parse(answer);
    if ('problem' in parsed) throw new SatchelError('corrupt', parsed.problem);
    return parsed.verification;
  } finally {
    await worker?.terminate();
    await rm(temporary, { recursive: true, force: true });
  }
};
