import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { openEarlierEngine } from './earlier-engines.ts';

/**
 * A second PostgreSQL beside the first: in a thread of its own, so that neither its work nor its memory, which never
 * shrinks, stays with the application.
 */
const { major, directory } = z.object({ major: z.string(), directory: z.string() }).parse(workerData);
const requestSchema = z.object({ type: z.enum(['query', 'copy']), sql: z.string() });

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const problem =
      error instanceof SatchelError
        ? error.said
        : say`The earlier database cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    parentPort?.postMessage({ problem });
  }
}

await attempt(async () => {
  const engine = await openEarlierEngine(major, directory);
  parentPort?.on('message', (message: unknown) => {
    void attempt(async () => {
      const request = requestSchema.parse(message);
      const { rows, blob } = await engine.query(request.sql);
      if (request.type === 'query') {
        parentPort?.postMessage({ rows });
        return;
      }
      const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer());
      parentPort?.postMessage({ bytes }, [bytes.buffer]);
    });
  });
  parentPort?.postMessage({});
});
