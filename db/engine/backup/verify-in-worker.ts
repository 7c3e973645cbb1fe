import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { messageSchema } from '#shared/message.ts';
import type { Verification } from './verify-backup.ts';

const answerSchema = z.union([
  z.object({ verification: z.object({ created: z.string(), tables: z.number() }) }),
  z.object({ problem: messageSchema }),
]);

/** `verifyBackup` in a thread of its own, so that work on the live database goes on. */
export async function verifyBackupInWorker(file: string): Promise<Verification> {
  const worker = new Worker(new URL('./verification-worker.ts', import.meta.url), { workerData: { file } });
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`The verification ended with code ${code}.`)));
    });
    const parsed = answerSchema.parse(answer);
    if ('problem' in parsed) throw new SatchelError('corrupt', parsed.problem);
    return parsed.verification;
  } finally {
    await worker.terminate();
  }
}
