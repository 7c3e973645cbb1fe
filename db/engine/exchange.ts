import { existsSync, readFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncDirectory, writeFileDurably } from './durable-write.ts';
import type { DataDirectory } from './layout.ts';

/** Names are of entries of the data directory. */
const journalSchema = z.object({
  swaps: z.array(
    z.object({
      /** What was made and synced under this name … */
      incoming: z.string(),
      /** … is put here … */
      place: z.string(),
      /** … and what was there, if anything, is kept under this name. */
      outgoing: z.string(),
    }),
  ),
  /** Notes that only held for what was there. */
  forgotten: z.array(z.string()),
});
export type Exchange = z.infer<typeof journalSchema>;

/**
 * Puts finished folders in the place of others, all or none: from the moment its journal is on the disk a crash does not
 * undo the exchange, and the next start finishes it. With the lock held; everything incoming must be synced.
 */
export async function exchange(directory: DataDirectory, plan: Exchange): Promise<void> {
  writeFileDurably(journalPath(directory), JSON.stringify(plan));
  await finishExchange(directory);
}

/** Completes an exchange that was cut short; each step is done once whenever it is called. With the lock held. */
export async function finishExchange(directory: DataDirectory): Promise<void> {
  if (!existsSync(journalPath(directory))) return;
  const { root } = directory;
  const plan = journalSchema.parse(JSON.parse(readFileSync(journalPath(directory), 'utf8')));
  for (const { incoming, place, outgoing } of plan.swaps) {
    if (!existsSync(join(root, incoming))) continue;
    if (existsSync(join(root, place))) {
      await rename(join(root, place), join(root, outgoing));
      // Were the second rename to reach the disk without this one, the name of what was there would be gone.
      syncDirectory(root);
    }
    await rename(join(root, incoming), join(root, place));
    syncDirectory(root);
  }
  for (const name of plan.forgotten) await rm(join(root, name), { force: true });
  syncDirectory(root);
  await rm(journalPath(directory));
  syncDirectory(root);
}

/** From here on nothing is undone any more. */
export function isExchanging(directory: DataDirectory): boolean {
  return existsSync(journalPath(directory));
}

const journalPath = (directory: DataDirectory) => join(directory.root, 'exchange.json');
