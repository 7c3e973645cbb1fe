import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { verifyBackup } from './verify-backup.ts';

// A second database takes seconds of a thread; here it takes them from nobody.
const { file, temporary } = z.object({ file: z.string(), temporary: z.string() }).parse(workerData);
try {
  parentPort?.postMessage({ verification: await verifyBackup(file, temporary) });
} catch (error) {
  const problem =
    error instanceof SatchelError ? error.said : say`The backup cannot be verified: ${String(error)}`;
  parentPort?.postMessage({ problem });
}
