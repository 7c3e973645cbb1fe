import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { copyLargeWorkspace, type WorkspaceSize } from '../support/large-workspace.ts';
import { RunningApp } from './app.ts';
import { timingOf } from './measure.ts';
import type { Row } from './report.ts';

const starts = 7;

async function startOnce(dataDir: string): Promise<number> {
  await using app = await RunningApp.start(dataDir);
  return app.startMilliseconds;
}

/** From starting the process to the answer to the first call; a window comes on top of it. */
export async function startRows(size: WorkspaceSize): Promise<Row[]> {
  const existing: number[] = [];
  const known = await copyLargeWorkspace(size);
  try {
    for (let turn = 0; turn < starts; turn++) existing.push(await startOnce(known));
  } finally {
    await rm(known, { recursive: true, force: true });
  }
  const first: number[] = [];
  for (let turn = 0; turn < starts; turn++) {
    const fresh = await mkdtemp(path.join(os.tmpdir(), 'satchel-first-'));
    try {
      first.push(await startOnce(fresh));
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  return [
    { name: 'start, existing workspace', satchel: timingOf(existing), limit: 1_500 },
    { name: 'start, first run', satchel: timingOf(first), limit: 3_000 },
  ];
}
