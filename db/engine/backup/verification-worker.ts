import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { systemClock, systemIds } from '#shared/runtime.ts';
import { verifyBackup } from './verify-backup.ts';

// A second database takes seconds of a thread; here it takes them from nobody.
const { file } = z.object({ file: z.string() }).parse(workerData);
try {
  parentPort?.postMessage({ verification: await verifyBackup(file, systemClock, systemIds) });
} catch (error) {
  parentPort?.postMessage({ problem: error instanceof Error ? error.message : String(error) });
}
