import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { verifyBackup } from './verify-backup.ts';

// A second database takes seconds of a thread; here it takes them from nobody.
const { file } = z.object({ file: z.string() }).parse(workerData);
try {
  parentPort?.postMessage({ verification: await verifyBackup(file, systemClock, systemIds) });
} catch (error) {
  const problem =
    error instanceof SatchelError ? error.said : say`The backup cannot be verified: ${String(error)}`;
  parentPort?.postMessage({ problem });
}
