import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * A file that grows with an import. What belongs to a slice is on the disk before the slice is committed, and the
 * committed length is kept in the batch: an import that goes on after a crash cuts off what was never committed.
 */
export class AppendFile {
  readonly path: string;
  #handle: FileHandle | null = null;
  #length: number;

  constructor(path: string, committedLength: number) {
    this.path = path;
    this.#length = committedLength;
  }

  get length(): number {
    return this.#length;
  }

  /** Writes durably after the committed length. The new length counts once `commit` is called with it. */
  async append(text: string): Promise<number> {
    const bytes = Buffer.from(text, 'utf8');
    const handle = await this.#open();
    await handle.write(bytes, 0, bytes.length, this.#length);
    await handle.datasync();
    return this.#length + bytes.length;
  }

  commit(length: number): void {
    this.#length = length;
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = null;
  }

  async #open(): Promise<FileHandle> {
    if (!this.#handle) {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      this.#handle = await open(this.path, this.#length === 0 ? 'w+' : 'r+', 0o600);
      await this.#handle.truncate(this.#length);
    }
    return this.#handle;
  }
}
