import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { messageSchema } from '#shared/message.ts';

const answerSchema = z.object({
  problem: messageSchema.optional(),
  rows: z.array(z.unknown()).optional(),
  bytes: z.instanceof(Uint8Array).optional(),
});
type Answer = z.infer<typeof answerSchema>;

/**
 * A cluster of an earlier major version, read by its own PostgreSQL in a thread of its own. One statement at a time. It is
 * a copy that is thrown away, so the thread is just ended.
 */
export class EarlierCluster implements AsyncDisposable {
  readonly #worker: Worker;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /** `directory` is written to, as any start of a database does. Throws `corrupt` when it cannot be read. */
  static async open(major: string, directory: string): Promise<EarlierCluster> {
    const url = new URL('./earlier-cluster-worker.ts', import.meta.url);
    const cluster = new EarlierCluster(new Worker(url, { workerData: { major, directory } }));
    try {
      await cluster.#answer();
      return cluster;
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  async query<Row extends object>(sql: string, schema: z.ZodType<Row>): Promise<Row[]> {
    const { rows } = await this.#ask({ type: 'query', sql });
    return z.array(schema).parse(rows);
  }

  /** What a `COPY … TO '/dev/blob'` gives. */
  async copyOut(sql: string): Promise<Uint8Array<ArrayBuffer>> {
    const { bytes } = await this.#ask({ type: 'copy', sql });
    return new Uint8Array(bytes ?? []);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(request: { readonly type: 'query' | 'copy'; readonly sql: string }) {
    const answer = this.#answer();
    this.#worker.postMessage(request);
    return answer;
  }

  async #answer(): Promise<Answer> {
    const listening = new AbortController();
    try {
      const answer = await new Promise<unknown>((resolve, reject) => {
        this.#worker.once('message', resolve);
        this.#worker.once('error', reject);
        const onExit = (code: number) => reject(new Error(`The earlier database ended with code ${code}.`));
        this.#worker.once('exit', onExit);
        listening.signal.addEventListener('abort', () => {
          this.#worker.off('message', resolve);
          this.#worker.off('error', reject);
          this.#worker.off('exit', onExit);
        });
      });
      const parsed = answerSchema.parse(answer);
      if (parsed.problem !== undefined) throw new SatchelError('corrupt', parsed.problem);
      return parsed;
    } finally {
      listening.abort();
    }
  }
}
