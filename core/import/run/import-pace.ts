import type { SlicePace } from '../../records/slice-size.ts';

/**
 * `background`: a slice holds the engine so shortly that the interface never waits for an import. `bulk`: nobody waits,
 * and the cost of a transaction is shared by more rows.
 */
export type ImportPace = 'background' | 'bulk';

export const importPaces: Readonly<Record<ImportPace, SlicePace>> = {
  background: { targetMilliseconds: 35, minRows: 50, maxRows: 1_000, firstRows: 200 },
  bulk: { targetMilliseconds: 500, minRows: 1_000, maxRows: 5_000, firstRows: 1_000 },
};
