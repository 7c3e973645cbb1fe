import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { copyLargeWorkspace, type WorkspaceSize } from '../support/large-workspace.ts';
import { RunningApp } from './app.ts';
import { timingOf } from './measure.ts';
import type { Row } from './report.ts';

const starts = 5;

/** To the rows of the first screen, or to what says that there is no workspace yet. */
async function startOnce(dataDir: string): Promise<number> {
  await using app = await RunningApp.start(dataDir);
  const answered = performance.now();
  const { state } = await app.client.api.workspace.status({});
  if (state === 'ready') await app.client.api.contacts.list({});
  return app.startMilliseconds + performance.now() - answered;
}

/** From the welcome screen's button to the rows of the first list. */
async function createOnce(dataDir: string): Promise<{ start: number; create: number }> {
  await using app = await RunningApp.start(dataDir);
  const clicked = performance.now();
  await app.client.api.workspace.create({ name: 'First', personName: 'Robin Hale' });
  await app.client.api.contacts.list({});
  return { start: app.startMilliseconds, create: performance.now() - clicked };
}

/** From starting the process to the data of the first screen; drawing a window comes on top of it. */
export async function* startRows(size: WorkspaceSize): AsyncGenerator<Row, void> {
  const existing: number[] = [];
  const known = await copyLargeWorkspace(size);
  try {
    for (let turn = 0; turn < starts; turn++) existing.push(await startOnce(known));
  } finally {
    await rm(known, { recursive: true, force: true });
  }
  yield { name: 'start, existing workspace', satchel: timingOf(existing), limit: 1_500 };
  const first: number[] = [];
  const creates: number[] = [];
  for (let turn = 0; turn < starts; turn++) {
    const fresh = await mkdtemp(path.join(os.tmpdir(), 'satchel-first-'));
    try {
      const { start, create } = await createOnce(fresh);
      first.push(start);
      creates.push(create);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  yield { name: 'start, first run', satchel: timingOf(first), limit: 3_000 };
  yield { name: 'making the first workspace', satchel: timingOf(creates) };
}
