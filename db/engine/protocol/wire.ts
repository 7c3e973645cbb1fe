import type { PGlite } from '@electric-sql/pglite';
import { type Column, type Reply, readReply } from './reply.ts';
import type { Request } from './request.ts';

const smallest = 64 * 1024;
/** A buffer that a large reply has made longer than this is given back. */
const largestKept = 1024 * 1024;

/** Carries a request into the database and its reply out, in one crossing. */
export class Wire {
  readonly #pg: PGlite;
  #received = Buffer.allocUnsafe(smallest);
  #length = 0;

  constructor(pg: PGlite) {
    this.#pg = pg;
  }

  /** @param known the columns of the rows, where an earlier request described them */
  async exchange(request: Request, known: readonly Column[] | null = null): Promise<Reply> {
    this.#length = 0;
    await this.#pg.execProtocolRawStream(request.take(), {
      // The engine's file layer syncs when PostgreSQL says so, in the midst of the commit.
      syncToFs: false,
      onRawData: (bytes) => this.#receive(bytes),
    });
    const reply = readReply(this.#received.subarray(0, this.#length), this.#pg.parsers, known);
    if (this.#received.length > largestKept) this.#received = Buffer.allocUnsafe(smallest);
    return reply;
  }

  /** The bytes lie in the database's memory and are only good during the call. */
  #receive(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#received.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, this.#received.length * 2));
      this.#received.copy(larger, 0, 0, this.#length);
      this.#received = larger;
    }
    this.#received.set(bytes, this.#length);
    this.#length = needed;
  }
}
