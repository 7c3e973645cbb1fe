import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { timestampSchema } from '../values.ts';

const bytesSchema = z.number().min(0);

/** Where the workspace is kept on this computer, and in what state. Sizes in bytes. */
export const storageFactsSchema = z.object({
  directory: z.string(),
  sizes: z.object({ cluster: bytesSchema, log: bytesSchema, files: bytesSchema, backups: bytesSchema }),
  /** The last one that was proven by restoring it; null before the first. */
  lastBackup: z
    .object({
      file: z.string(),
      /** The state it holds. */
      created: timestampSchema,
      verified: timestampSchema,
      bytes: bytesSchema,
      /** Whether the file still is where it was written. */
      isThere: z.boolean(),
    })
    .nullable(),
  postgres: z.object({ found: z.string(), expected: z.string() }),
  migrations: z.object({ applied: z.int(), known: z.int() }),
  maintenance: z.object({
    /** Of the write-ahead log since the last checkpoint. */
    logBytes: bytesSchema,
    tablesNeverAnalyzed: z.int(),
    deadRows: z.number(),
  }),
  /** Folders that a restore or an upgrade of PostgreSQL has put aside; Satchel never removes them. */
  kept: z.array(z.object({ name: z.string(), bytes: bytesSchema, by: z.enum(['restore', 'upgrade']) })),
});
export type StorageFacts = z.infer<typeof storageFactsSchema>;

export const backupEventSchema = z.discriminatedUnion('step', [
  z.object({ step: z.literal('copying'), done: bytesSchema, total: bytesSchema }),
  z.object({ step: z.literal('verifying') }),
  z.object({
    step: z.literal('done'),
    file: z.string(),
    bytes: bytesSchema,
    /** Tables whose rows were compared with the restored ones; the largest may be left out, see `allTables`. */
    tables: z.int(),
    allTables: z.int(),
  }),
]);
export type BackupEvent = z.infer<typeof backupEventSchema>;

/** All of it needs the permission `workspace:update`: a backup holds every record, and says where it lies. */
export const storageContract = {
  facts: oc.input(z.object({})).output(storageFactsSchema),
  /**
   * Writes everything into one new file below the data directory while work goes on, and proves it by restoring it elsewhere.
   * Leaving the stream cancels it; then nothing of it is kept. `busy` while another backup is written.
   */
  backUp: oc.input(z.object({})).output(eventIterator(backupEventSchema)),
};
