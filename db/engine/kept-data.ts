import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataDirectory } from './layout.ts';
import { treeSize } from './tree-size.ts';

export interface KeptData {
  /** The folder in the data directory. */
  readonly name: string;
  readonly bytes: number;
  /** What took its place: a restored backup, or the same data for a later PostgreSQL. */
  readonly by: 'restore' | 'upgrade';
}

const keptName = /^(?:(?:pg|files)\.replaced-|pg\.(postgresql)-\d+-)/;

/** The folders that a restore or an upgrade has put aside. Satchel never removes them. */
export async function keptData({ root }: DataDirectory): Promise<KeptData[]> {
  const kept: KeptData[] = [];
  for (const name of (await readdir(root)).sort()) {
    const match = keptName.exec(name);
    if (match) {
      kept.push({ name, bytes: await treeSize(join(root, name)), by: match[1] ? 'upgrade' : 'restore' });
    }
  }
  return kept;
}
