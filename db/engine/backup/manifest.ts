import { z } from 'zod';

export const manifestName = 'manifest.json';

/** The last entry of a backup: what must be in it. Made while writing, so a backup that was cut short has none. */
export const manifestSchema = z.object({
  format: z.literal(1),
  postgresMajor: z.number().int(),
  created: z.string(),
  installation: z.string(),
  files: z.record(z.string(), z.object({ size: z.number(), sha256: z.string() })),
  /** Rows of tables at the end of the backup; the large ones are left out, see `countTables`. */
  counts: z.record(z.string(), z.number()),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Kept in the data directory: the backup that the recovery screen offers. */
export const verifiedBackupSchema = z.object({
  file: z.string(),
  created: z.string(),
  verified: z.string(),
  bytes: z.number(),
  /** Tables whose rows were compared, and how many there are. */
  tables: z.number(),
  allTables: z.number(),
});
export type VerifiedBackup = z.infer<typeof verifiedBackupSchema>;
