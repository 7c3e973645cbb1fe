import type { Engine, IdleTask } from '#db/engine/types.ts';
import type { Service } from '../platform/services/service.ts';

const interval = 12 * 3_600_000;

/** Makes the months ahead and drops those that no workspace keeps. */
const upkeep: IdleTask = {
  name: 'partitions',
  holds: 22,
  // A run in the future was before the clock went back.
  due: (_database, { now, lastRun }) =>
    Promise.resolve(lastRun === undefined || Math.abs(now - lastRun) > interval ? ['activities'] : []),
  run: (database) =>
    database.execute(
      'SELECT satchel.maintain_activity_partitions(), (SELECT count(*) FROM satchel.apply_activity_retention())',
    ),
};

/** Tends the months that the activities are kept in, in pauses. */
export function partitionUpkeep(engine: Engine): Service {
  let registration: Disposable | undefined;
  return {
    name: 'activity months',
    start: () => {
      registration = engine.whenIdle(upkeep);
    },
    stop: () => {
      registration?.[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}
