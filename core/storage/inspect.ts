import { type Inspection, inspectDataDirectory } from '#db/start/inspect.ts';
import { systemClock, systemIds } from '#shared/runtime.ts';

export type { Inspection } from '#db/start/inspect.ts';

/**
 * Looks at a data directory that nobody has open: versions, durability, integrity, sizes, maintenance, last backup. With
 * `rebuildsIndexes` it makes damaged indexes again.
 */
export function inspect(dataDir: string, options: { rebuildsIndexes: boolean }): Promise<Inspection> {
  return inspectDataDirectory(dataDir, { clock: systemClock, ids: systemIds, ...options });
}
