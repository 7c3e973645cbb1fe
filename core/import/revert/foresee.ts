import type { Identity, Tx } from '#db/engine/types.ts';
import type { RevertForecast } from '#shared/contract/imports.ts';
import { type ImportBatchId, recordIdSchema } from '#shared/ids.ts';
import { inEnglish, type Message } from '#shared/message.ts';
import type { Application } from '../../context.ts';
import { type Kept, keptSamples, Outcome, readRevertedBatch, start, takeBack } from './take-back.ts';

/** A page keeps the engine for well under 50 ms. */
const pageSize = 500;
const maxSamples = 20;

/**
 * What the revert of an import will remove, restore and leave, and why, custom fields included: the revert itself, which
 * this time only tells. Reads in background slices.
 * @throws SatchelError `not_found`
 */
export async function foreseeRevert(
  app: Application,
  identity: Identity,
  batchId: ImportBatchId,
  signal?: AbortSignal,
): Promise<RevertForecast> {
  const read = <T>(work: (tx: Tx) => Promise<T>) =>
    app.engine.transaction(
      {
        as: identity,
        priority: 'background',
        readOnly: true,
        label: 'import: foresee revert',
        ...(signal && { signal }),
      },
      work,
    );
  const batch = await read((tx) => readRevertedBatch(tx, identity, batchId));
  const outcome = new Outcome();
  for (let place = start; place.done < batch.changeSets.length; ) {
    const from = place;
    place = await read((tx) => takeBack(tx, batch, from, pageSize, outcome, true));
  }
  const samples = await read((tx) => keptSamples(tx, identity, outcome, maxSamples));
  return {
    removed: outcome.removed,
    restored: outcome.restored.size,
    kept: outcome.kept.size,
    reasons: countReasons(outcome.kept.values()),
    keptSamples: samples.map(({ id, name, reason }) => ({ id: recordIdSchema.parse(id), name, reason })),
  };
}

/** The most frequent first. */
function countReasons(kept: Iterable<Kept>): { message: Message; records: number }[] {
  const reasons = [...Map.groupBy(kept, ({ reason }) => inEnglish(reason)).values()];
  return reasons
    .flatMap(([first, ...others]) => (first ? [{ message: first.reason, records: 1 + others.length }] : []))
    .sort((a, b) => b.records - a.records);
}
