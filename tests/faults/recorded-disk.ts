import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileProbe } from '#db/engine/durable-files.ts';

type Operation =
  | { readonly kind: 'create'; readonly path: string; readonly isDirectory: boolean }
  | { readonly kind: 'write'; readonly path: string; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'resize'; readonly path: string; readonly size: number }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string; readonly isDirectory: boolean }
  | { readonly kind: 'sync'; readonly path: string }
  | { readonly kind: 'sync-directory'; readonly path: string };

/** Records everything a cluster does to its files, in order. Paths are relative to the cluster. */
export class RecordedDisk implements FileProbe {
  readonly operations: Operation[] = [];
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  onCreate(path: string, isDirectory: boolean): void {
    this.operations.push({ kind: 'create', path: this.#relative(path), isDirectory });
  }
  onWrite(path: string, position: number, bytes: Uint8Array): void {
    this.operations.push({ kind: 'write', path: this.#relative(path), position, bytes: bytes.slice() });
  }
  onResize(path: string, size: number): void {
    this.operations.push({ kind: 'resize', path: this.#relative(path), size });
  }
  onRename(from: string, to: string): void {
    this.operations.push({ kind: 'rename', from: this.#relative(from), to: this.#relative(to) });
  }
  onRemove(path: string, isDirectory: boolean): void {
    this.operations.push({ kind: 'remove', path: this.#relative(path), isDirectory });
  }
  onSync(path: string): void {
    this.operations.push({ kind: 'sync', path: this.#relative(path) });
  }
  onSyncDirectory(path: string): void {
    this.operations.push({ kind: 'sync-directory', path: this.#relative(path) });
  }

  #relative(path: string): string {
    return path.slice(this.#root.length + 1);
  }
}

/** A file apart from its name, as the disk keeps it: what is durable, and what a power cut may or may not keep. */
interface Inode {
  readonly isDirectory: boolean;
  durable: Buffer;
  pending: ({ kind: 'write'; position: number; bytes: Uint8Array } | { kind: 'resize'; size: number })[];
}

type EntryChange = { readonly add?: readonly [string, Inode]; readonly remove?: string };

const sector = 512;

/**
 * What a disk holds after a power cut: everything that was synced, and of the rest an arbitrary part. Unsynced writes
 * survive or not one by one and sector by sector; unsynced changes of names likewise.
 *
 * @param base the cluster as it was, durably, before the first recorded operation
 * @param random in [0, 1)
 */
export function cutPower(
  base: string,
  operations: readonly Operation[],
  target: string,
  random: () => number,
): void {
  const disk = new ModelDisk(base);
  for (const operation of operations) disk.apply(operation);
  disk.writeSurvivors(target, random);
}

class ModelDisk {
  readonly #base: string;
  /** Names as programs see them, for those that changed; null is removed. */
  readonly #names = new Map<string, Inode | null>();
  /** Names as the disk has them, for those that changed durably. */
  readonly #durableNames = new Map<string, Inode | null>();
  readonly #pendingNames = new Map<string, EntryChange[]>();

  constructor(base: string) {
    this.#base = base;
  }

  apply(operation: Operation): void {
    switch (operation.kind) {
      case 'create': {
        const inode: Inode = { isDirectory: operation.isDirectory, durable: Buffer.alloc(0), pending: [] };
        this.#rename({ add: [operation.path, inode] }, operation.path);
        break;
      }
      case 'write':
        this.#inode(operation.path).pending.push(operation);
        break;
      case 'resize':
        this.#inode(operation.path).pending.push(operation);
        break;
      case 'rename':
        this.#rename(
          { add: [operation.to, this.#inode(operation.from)], remove: operation.from },
          operation.to,
        );
        break;
      case 'remove':
        this.#rename({ remove: operation.path }, operation.path);
        break;
      case 'sync': {
        const inode = this.#inode(operation.path);
        for (const change of inode.pending) inode.durable = changed(inode.durable, change);
        inode.pending = [];
        break;
      }
      case 'sync-directory': {
        for (const change of this.#pendingNames.get(operation.path) ?? [])
          applyEntry(this.#durableNames, change);
        this.#pendingNames.delete(operation.path);
        break;
      }
    }
  }

  writeSurvivors(target: string, random: () => number): void {
    cpSync(this.#base, target, { recursive: true });
    for (const changes of this.#pendingNames.values()) {
      for (const change of changes) if (random() < 0.5) applyEntry(this.#durableNames, change);
    }
    // Every file that was touched and still goes by its old name is on the disk too.
    for (const [path, inode] of this.#touched) {
      if (!this.#durableNames.has(path)) this.#durableNames.set(path, inode);
    }
    const byDepth = [...this.#durableNames].sort(([a], [b]) => a.length - b.length);
    for (const [path, inode] of byDepth) {
      const place = join(target, path);
      if (inode === null) {
        rmSync(place, { recursive: true, force: true });
      } else if (inode.isDirectory) {
        mkdirSync(place, { recursive: true });
      } else if (existsSync(dirname(place))) {
        writeFileSync(place, survivor(inode, random));
      }
    }
  }

  /** Files of the base that were opened for change, under the name they had there. */
  readonly #touched = new Map<string, Inode>();

  #inode(path: string): Inode {
    const known = this.#names.get(path);
    if (known) return known;
    const place = join(this.#base, path);
    const isDirectory = existsSync(place) && statSync(place).isDirectory();
    const durable = isDirectory || !existsSync(place) ? Buffer.alloc(0) : readFileSync(place);
    const inode: Inode = { isDirectory, durable, pending: [] };
    this.#names.set(path, inode);
    this.#touched.set(path, inode);
    return inode;
  }

  #rename(change: EntryChange, path: string): void {
    applyEntry(this.#names, change);
    const directory = dirname(path) === '.' ? '' : dirname(path);
    const pending = this.#pendingNames.get(directory) ?? [];
    pending.push(change);
    this.#pendingNames.set(directory, pending);
  }
}

function applyEntry(names: Map<string, Inode | null>, { add, remove }: EntryChange): void {
  if (remove !== undefined) names.set(remove, null);
  if (add) names.set(add[0], add[1]);
}

function changed(content: Buffer, change: Inode['pending'][number]): Buffer {
  const size = change.kind === 'resize' ? change.size : change.position + change.bytes.length;
  const grown =
    size > content.length ? Buffer.concat([content, Buffer.alloc(size - content.length)]) : content;
  if (change.kind === 'resize') return grown.subarray(0, size);
  // A copy, because the durable content may be shared with the recording.
  const result = Buffer.from(grown);
  result.set(change.bytes, change.position);
  return result;
}

function survivor(inode: Inode, random: () => number): Buffer {
  let content = inode.durable;
  for (const change of inode.pending) {
    if (change.kind === 'resize') {
      if (random() < 0.5) content = changed(content, change);
      continue;
    }
    const fate = random();
    if (fate < 0.4) continue;
    if (fate < 0.8) {
      content = changed(content, change);
      continue;
    }
    for (let start = 0; start < change.bytes.length; start += sector) {
      if (random() < 0.5) continue;
      const bytes = change.bytes.subarray(start, start + sector);
      content = changed(content, { kind: 'write', position: change.position + start, bytes });
    }
  }
  return content;
}
