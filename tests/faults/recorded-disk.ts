import fs, { existsSync, readdirSync, readFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join, sep } from 'node:path';

export type Operation =
  | { readonly kind: 'create'; readonly path: string; readonly isDirectory: boolean }
  | { readonly kind: 'write'; readonly path: string; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'resize'; readonly path: string; readonly size: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'sync'; readonly path: string };

interface OpenFile {
  readonly path: string;
  position: number;
}

// Node's file functions are overloaded and differ in their results: they are replaced by their names.
type AnyFunction = (...args: never[]) => unknown;
type Replacement = (original: (...args: unknown[]) => unknown, args: readonly unknown[]) => unknown;

/**
 * Records what this thread does to the files below a directory, in order: the database's writes as well as the app's own,
 * because both go through Node's file functions, which are replaced while it records. What other threads do is not seen,
 * nor what SQLite does to the lock file. Paths are relative to the directory.
 */
export class RecordedDisk implements Disposable {
  readonly operations: Operation[] = [];
  readonly #root: string;
  readonly #ignoresSyncs: boolean;
  readonly #open = new Map<unknown, OpenFile>();
  readonly #undo: (() => void)[] = [];
  /** Node's functions call each other; only the outermost call is recorded. */
  #isInside = false;

  /** @param ignoresSyncs as if nothing asked the disk to keep anything */
  constructor(root: string, { ignoresSyncs = false } = {}) {
    this.#root = root;
    this.#ignoresSyncs = ignoresSyncs;
    this.#replaceSynchronous();
    this.#replaceStreams();
    this.#replacePromises();
    syncBuiltinESMExports();
  }

  [Symbol.dispose](): void {
    for (const undo of this.#undo) undo();
    syncBuiltinESMExports();
  }

  #replaceSynchronous(): void {
    this.#replace(fs, 'openSync', (original, args) => {
      const path = this.#opening(args[0], args[1]);
      const fd = original(...args);
      if (path !== undefined) this.#open.set(fd, { path, position: 0 });
      return fd;
    });
    this.#replace(fs, 'closeSync', (original, args) => {
      this.#open.delete(args[0]);
      return original(...args);
    });
    this.#replace(fs, 'writeSync', (original, args) => {
      const [fd, bytes, offset, length, position] = args as [number, Uint8Array, number?, number?, number?];
      this.#written(fd, Buffer.from(bytes.buffer, bytes.byteOffset + (offset ?? 0), length), position);
      return original(...args);
    });
    this.#replace(fs, 'writeFileSync', (original, args) => {
      const [target, data] = args as [number | string, string | NodeJS.ArrayBufferView];
      if (typeof target === 'number') this.#written(target, contentOf(data), undefined);
      else this.#writtenWhole(target, data);
      this.#isInside = true;
      try {
        return original(...args);
      } finally {
        this.#isInside = false;
      }
    });
    this.#before(fs, 'fsyncSync', ([fd]) => this.#synced(fd));
    this.#before(fs, 'fdatasyncSync', ([fd]) => this.#synced(fd));
    this.#before(fs, 'ftruncateSync', ([fd, size]) => this.#resized(this.#open.get(fd)?.path, size));
    this.#before(fs, 'truncateSync', ([path, size]) => this.#resized(this.#relative(path), size));
    this.#before(fs, 'renameSync', ([from, to]) => this.#renamed(from, to));
    this.#before(fs, 'unlinkSync', ([path]) => this.#removed(path));
    this.#before(fs, 'rmdirSync', ([path]) => this.#removed(path));
    this.#before(fs, 'mkdirSync', ([path]) => this.#made(path));
  }

  /** Write streams open, write and sync with the functions that call back. */
  #replaceStreams(): void {
    this.#replace(fs, 'open', (original, args) => {
      const path = this.#opening(args[0], args[1]);
      const done = args.at(-1) as (error: Error | null, fd: number) => void;
      return original(...args.slice(0, -1), (error: Error | null, fd: number) => {
        if (!error && path !== undefined) this.#open.set(fd, { path, position: 0 });
        done(error, fd);
      });
    });
    this.#before(fs, 'write', ([fd, bytes, offset, length, position]) =>
      this.#written(
        fd,
        (bytes as Uint8Array).subarray(Number(offset), Number(offset) + Number(length)),
        position,
      ),
    );
    this.#before(fs, 'writev', ([fd, chunks]) => {
      for (const chunk of chunks as Uint8Array[]) this.#written(fd, chunk, undefined);
    });
    this.#before(fs, 'fsync', ([fd]) => this.#synced(fd));
  }

  #replacePromises(): void {
    this.#replace(promises, 'open', async (original, args) => {
      const path = this.#opening(args[0], args[1] ?? 'r');
      const handle = (await original(...args)) as { sync(): Promise<void> };
      if (path !== undefined) {
        const sync = handle.sync.bind(handle);
        handle.sync = () => {
          this.#push({ kind: 'sync', path });
          return sync();
        };
      }
      return handle;
    });
    this.#replace(promises, 'cp', async (original, args) => {
      await original(...args);
      this.#copied(String(args[1]));
    });
    this.#before(promises, 'rm', ([path]) => this.#removedTree(String(path)));
    this.#before(promises, 'rename', ([from, to]) => this.#renamed(from, to));
    this.#before(promises, 'mkdir', ([path]) => this.#made(path));
  }

  #replace<Module extends object>(module: Module, name: keyof Module, replacement: Replacement): void {
    const original = module[name] as AnyFunction;
    const call = (...args: unknown[]) => replacement(original as (...args: unknown[]) => unknown, args);
    module[name] = call as Module[keyof Module];
    this.#undo.push(() => {
      module[name] = original as Module[keyof Module];
    });
  }

  #before<Module extends object>(
    module: Module,
    name: keyof Module,
    record: (args: readonly unknown[]) => void,
  ): void {
    this.#replace(module, name, (original, args) => {
      record(args);
      return original(...args);
    });
  }

  #push(operation: Operation): void {
    if (this.#isInside || (operation.kind === 'sync' && this.#ignoresSyncs)) return;
    this.operations.push(operation);
  }

  #relative(path: unknown): string | undefined {
    const text = String(path);
    if (text === this.#root) return '';
    return text.startsWith(this.#root + sep) ? text.slice(this.#root.length + 1) : undefined;
  }

  /** Notes what opening does by itself; the path when it is one of ours. */
  #opening(target: unknown, flags: unknown): string | undefined {
    const path = this.#relative(target);
    if (path === undefined) return undefined;
    const { O_CREAT, O_TRUNC } = fs.constants;
    const creates = typeof flags === 'number' ? (flags & O_CREAT) !== 0 : /[wa]/.test(String(flags));
    const empties = typeof flags === 'number' ? (flags & O_TRUNC) !== 0 : /w/.test(String(flags));
    if (creates && !existsSync(String(target))) this.#push({ kind: 'create', path, isDirectory: false });
    else if (empties) this.#push({ kind: 'resize', path, size: 0 });
    return path;
  }

  #written(fd: unknown, bytes: Uint8Array, position: unknown): void {
    const file = this.#open.get(fd);
    if (!file) return;
    const at = typeof position === 'number' ? position : file.position;
    // A copy: the memory of a database that is gone is given back.
    this.#push({ kind: 'write', path: file.path, position: at, bytes: new Uint8Array(bytes) });
    if (typeof position !== 'number') file.position += bytes.length;
  }

  #writtenWhole(target: string, data: string | NodeJS.ArrayBufferView): void {
    const path = this.#opening(target, 'w');
    if (path !== undefined) this.#push({ kind: 'write', path, position: 0, bytes: contentOf(data) });
  }

  #synced(fd: unknown): void {
    const file = this.#open.get(fd);
    if (file) this.#push({ kind: 'sync', path: file.path });
  }

  #resized(path: string | undefined, size: unknown): void {
    if (path !== undefined) this.#push({ kind: 'resize', path, size: Number(size ?? 0) });
  }

  #renamed(source: unknown, target: unknown): void {
    const from = this.#relative(source);
    const to = this.#relative(target);
    if (from !== undefined && to !== undefined) this.#push({ kind: 'rename', from, to });
  }

  #removed(target: unknown): void {
    const path = this.#relative(target);
    if (path !== undefined) this.#push({ kind: 'remove', path });
  }

  #removedTree(target: string): void {
    if (this.#relative(target) === undefined || !existsSync(target)) return;
    if (fs.statSync(target).isDirectory()) {
      for (const name of readdirSync(target)) this.#removedTree(join(target, name));
    }
    this.#removed(target);
  }

  #made(target: unknown): void {
    const path = this.#relative(target);
    if (path === undefined || path === '' || existsSync(String(target))) return;
    this.#push({ kind: 'create', path, isDirectory: true });
  }

  /** Node copies trees by other ways than its public functions. */
  #copied(target: string): void {
    const path = this.#relative(target);
    if (path === undefined) return;
    const isDirectory = fs.statSync(target).isDirectory();
    this.#push({ kind: 'create', path, isDirectory });
    if (isDirectory) for (const name of readdirSync(target)) this.#copied(join(target, name));
    else this.#push({ kind: 'write', path, position: 0, bytes: readFileSync(target) });
  }
}

function contentOf(data: string | NodeJS.ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return new Uint8Array(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
}
