import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from './recorded-disk.ts';

type FileChange =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'resize'; readonly size: number };

/** A file apart from its name, as the disk keeps it: what is durable, and what a power cut may or may not keep. */
class FileInode {
  /** Where its first content lies; a new file has none. */
  readonly base: string | undefined;
  #durable: Buffer | undefined;
  pending: FileChange[] = [];

  constructor(base?: string) {
    this.base = base;
  }

  get isUntouched(): boolean {
    return this.#durable === undefined && this.pending.length === 0;
  }

  get durable(): Buffer {
    this.#durable ??= this.base === undefined ? Buffer.alloc(0) : readFileSync(this.base);
    return this.#durable;
  }

  set durable(content: Buffer) {
    this.#durable = content;
  }
}

/** A change of names in one directory, or in two at once; it survives as a whole or not. */
interface NameChange {
  isSettled: boolean;
  readonly apply: () => void;
}

class DirectoryInode {
  /** As programs see it. */
  readonly names = new Map<string, Inode>();
  /** As the disk has it. */
  readonly durableNames = new Map<string, Inode>();
  pending: NameChange[] = [];
}

type Inode = FileInode | DirectoryInode;

const sector = 512;

/**
 * What a disk holds after a power cut: everything that was synced, and of the rest an arbitrary part. Unsynced writes
 * survive or not one by one and sector by sector; unsynced changes of names likewise.
 *
 * @param base the files as they were, durably, before the first recorded operation
 * @param target where they are written; nothing is there
 * @param random in [0, 1)
 */
export function cutPower(
  base: string,
  operations: readonly Operation[],
  target: string,
  random: () => number,
): void {
  const root = load(base);
  for (const operation of operations) apply(root, operation);
  settleNames(root, random);
  writeSurvivors(root, target, random);
}

function load(path: string): DirectoryInode {
  const directory = new DirectoryInode();
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const place = join(path, entry.name);
    const inode = entry.isDirectory() ? load(place) : new FileInode(place);
    directory.names.set(entry.name, inode);
    directory.durableNames.set(entry.name, inode);
  }
  return directory;
}

function apply(root: DirectoryInode, operation: Operation): void {
  switch (operation.kind) {
    case 'create': {
      const { parent, name } = locate(root, operation.path);
      const inode = operation.isDirectory ? new DirectoryInode() : new FileInode();
      parent.names.set(name, inode);
      changeNames([parent], () => parent.durableNames.set(name, inode));
      break;
    }
    case 'write':
    case 'resize': {
      const inode = inodeAt(root, operation.path);
      if (inode instanceof FileInode) inode.pending.push(operation);
      break;
    }
    case 'rename':
      rename(root, operation);
      break;
    case 'remove': {
      const { parent, name } = locate(root, operation.path);
      // What another thread has made was not recorded.
      if (parent.names.delete(name)) changeNames([parent], () => parent.durableNames.delete(name));
      break;
    }
    case 'sync':
      sync(inodeAt(root, operation.path));
      break;
  }
}

function rename(root: DirectoryInode, operation: { readonly from: string; readonly to: string }): void {
  const from = locate(root, operation.from);
  const to = locate(root, operation.to);
  const inode = from.parent.names.get(from.name);
  if (!inode) throw new Error(`Nothing is called ${operation.from}.`);
  from.parent.names.delete(from.name);
  to.parent.names.set(to.name, inode);
  changeNames([from.parent, to.parent], () => {
    from.parent.durableNames.delete(from.name);
    to.parent.durableNames.set(to.name, inode);
  });
}

function changeNames(directories: readonly DirectoryInode[], apply: () => void): void {
  const change: NameChange = { isSettled: false, apply };
  for (const directory of new Set(directories)) directory.pending.push(change);
}

function sync(inode: Inode | undefined): void {
  if (inode instanceof DirectoryInode) {
    for (const change of inode.pending) settle(change, true);
  } else if (inode) {
    for (const change of inode.pending) inode.durable = changed(inode.durable, change);
  }
  if (inode) inode.pending = [];
}

function settle(change: NameChange, survives: boolean): void {
  if (change.isSettled) return;
  change.isSettled = true;
  if (survives) change.apply();
}

function inodeAt(root: DirectoryInode, path: string): Inode | undefined {
  if (path === '') return root;
  const { parent, name } = locate(root, path);
  return parent.names.get(name);
}

function locate(root: DirectoryInode, path: string): { parent: DirectoryInode; name: string } {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  let parent = root;
  for (const part of parts) {
    const next = parent.names.get(part);
    // In a folder that another thread has made.
    if (!(next instanceof DirectoryInode)) return { parent: new DirectoryInode(), name };
    parent = next;
  }
  return { parent, name };
}

/** Decides for each change of names that was not synced whether it reached the disk. */
function settleNames(directory: DirectoryInode, random: () => number): void {
  for (const change of directory.pending) settle(change, random() < 0.5);
  const inodes = new Set([...directory.names.values(), ...directory.durableNames.values()]);
  for (const inode of inodes) if (inode instanceof DirectoryInode) settleNames(inode, random);
}

function writeSurvivors(directory: DirectoryInode, target: string, random: () => number): void {
  mkdirSync(target);
  for (const [name, inode] of directory.durableNames) {
    const place = join(target, name);
    if (inode instanceof DirectoryInode) writeSurvivors(inode, place, random);
    else if (inode.base !== undefined && inode.isUntouched) copyFileSync(inode.base, place);
    else writeFileSync(place, survivor(inode, random));
  }
}

function changed(content: Buffer, change: FileChange): Buffer {
  const size = change.kind === 'resize' ? change.size : change.position + change.bytes.length;
  const grown =
    size > content.length ? Buffer.concat([content, Buffer.alloc(size - content.length)]) : content;
  if (change.kind === 'resize') return grown.subarray(0, size);
  // A copy, because the durable content may be shared with the recording.
  const result = Buffer.from(grown);
  result.set(change.bytes, change.position);
  return result;
}

function survivor(inode: FileInode, random: () => number): Buffer {
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
