import { closeSync, fdatasyncSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** Watches, and in tests breaks, what the database does to its files. A hook that throws makes the operation fail. */
export interface FileProbe {
  onWrite?(path: string, position: number, bytes: Uint8Array): void;
  onSync?(path: string): void;
}

// The parts of Emscripten's NODEFS that are replaced. They are plain objects made anew for each instance.
interface Node {
  readonly name: string;
  readonly mode: number;
}
interface Stream {
  readonly node: Node;
  readonly nfd: number;
  readonly position: number;
}
interface Attributes {
  readonly mode?: number;
}
interface NodeFilesystem {
  readonly realPath: (node: Node) => string;
  readonly tryFSOperation: <T>(operation: () => T) => T;
  readonly node_ops: {
    mknod: (parent: Node, name: string, mode: number, dev: number) => Node;
    rename: (node: Node, newParent: Node, newName: string) => void;
    unlink: (parent: Node, name: string) => void;
    rmdir: (parent: Node, name: string) => void;
    setattr: (node: Node, attributes: Attributes) => void;
  };
  readonly stream_ops: {
    write: (stream: Stream, buffer: Uint8Array, offset: number, length: number, position?: number) => number;
    fsync?: (stream: Stream) => number;
  };
}

export interface DurableFilesOptions {
  readonly probe?: FileProbe | undefined;
  /** False only where the data is worthless: tests of everything but durability. */
  readonly isDurable: boolean;
}

/**
 * The cluster's files on disk, with syncs that reach it. PGlite's own NodeFS has no `fsync`, so without this class a
 * power cut silently loses acknowledged rows.
 *
 * Directories are synced too: before any file sync, each directory whose entries changed since the last one. PostgreSQL
 * itself leaves out the directory of a new relation file and relies on filesystems that are kinder than POSIX.
 */
export class DurableFiles extends NodeFS {
  readonly #options: DurableFilesOptions;
  readonly #changedDirectories = new Set<string>();
  #syncs = 0;
  #directorySyncs = 0;

  constructor(directory: string, options: DurableFilesOptions) {
    super(directory);
    this.#options = options;
  }

  /** File syncs so far. Exactly one is added by a commit that wrote something. */
  get syncs(): number {
    return this.#syncs;
  }

  get directorySyncs(): number {
    return this.#directorySyncs;
  }

  override async init(pg: PGlite, emscriptenOptions: Parameters<NodeFS['init']>[1]) {
    const { emscriptenOpts } = await super.init(pg, emscriptenOptions);
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [
          ...(emscriptenOpts.preRun ?? []),
          (module: { NODEFS: unknown }) => this.#attach(module.NODEFS as NodeFilesystem),
        ],
      },
    };
  }

  #attach(files: NodeFilesystem): void {
    this.#attachEntries(files);
    this.#attachContents(files);
  }

  /** Creating, renaming and removing change a directory, which then needs a sync of its own. */
  #attachEntries(files: NodeFilesystem): void {
    const { node_ops: nodes } = files;
    const { mknod, rename, unlink, rmdir, setattr } = nodes;
    const path = (parent: Node, name: string) => `${files.realPath(parent)}/${name}`;
    nodes.mknod = (parent, name, mode, dev) => {
      const created = path(parent, name);
      const node = mknod(parent, name, mode & ownerOnly, dev);
      this.#entriesChanged(created);
      return node;
    };
    nodes.setattr = (node, attributes) => {
      const { mode } = attributes;
      setattr(node, mode === undefined ? attributes : { ...attributes, mode: mode & ownerOnly });
    };
    nodes.rename = (node, newParent, newName) => {
      const from = files.realPath(node);
      const to = path(newParent, newName);
      rename(node, newParent, newName);
      this.#entriesChanged(from);
      this.#entriesChanged(to);
    };
    nodes.unlink = (parent, name) => {
      unlink(parent, name);
      this.#entriesChanged(path(parent, name));
    };
    nodes.rmdir = (parent, name) => {
      rmdir(parent, name);
      this.#entriesChanged(path(parent, name));
      this.#changedDirectories.delete(path(parent, name));
    };
  }

  #attachContents(files: NodeFilesystem): void {
    const { stream_ops: streams } = files;
    const { probe, isDurable } = this.#options;
    if (isDurable) {
      streams.fsync = (stream) => {
        const path = files.realPath(stream.node);
        files.tryFSOperation(() => {
          this.#syncChangedDirectories();
          this.#syncOpenFile(path, stream);
        });
        return 0;
      };
    }
    if (!probe) return;
    const { write } = streams;
    streams.write = (stream, buffer, offset, length, position) => {
      const at = position ?? stream.position;
      const bytes = buffer.subarray(offset, offset + length);
      files.tryFSOperation(() => probe.onWrite?.(files.realPath(stream.node), at, bytes));
      return write(stream, buffer, offset, length, position);
    };
  }

  #syncOpenFile(path: string, stream: Stream): void {
    const isDirectory = (stream.node.mode & fileTypeMask) === directoryType;
    if (isDirectory) {
      fsyncSync(stream.nfd);
      this.#directorySyncs += 1;
    } else {
      this.#options.probe?.onSync?.(path);
      fdatasyncSync(stream.nfd);
      this.#syncs += 1;
    }
  }

  #entriesChanged(path: string): void {
    const directory = dirname(path);
    // Spill files of sorts and hashes are thrown away at every start.
    if (directory.includes('pgsql_tmp')) return;
    this.#changedDirectories.add(directory);
  }

  #syncChangedDirectories(): void {
    for (const directory of this.#changedDirectories) {
      if (process.platform !== 'win32') {
        const fd = openSync(directory, 'r');
        try {
          fsyncSync(fd);
        } finally {
          closeSync(fd);
        }
        this.#directorySyncs += 1;
      }
      this.#changedDirectories.delete(directory);
    }
  }
}

// From POSIX <sys/stat.h>, the same numbers in Emscripten.
const fileTypeMask = 0o170000;
const directoryType = 0o040000;
/** PGlite makes everything open to everybody. */
const ownerOnly = ~0o077;
