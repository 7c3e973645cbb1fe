import { setTimeout as elapsed } from 'node:timers/promises';
import type { Tx } from '#db/engine/types.ts';
import { bool, returning } from '#db/row.ts';
import type { Job } from '#shared/contract/jobs.ts';
import { SatchelError } from '#shared/errors.ts';
import { type JobId, jobIdSchema } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import type { Application, Identity } from '../context.ts';
import type { JobQueue } from '../platform/services/job-queue.ts';
import { deleteJob, type JobRow, listJobs, retryJob } from '../platform/services/job-rows.ts';
import type { RunningWork, RunningWorks } from '../platform/services/running-work.ts';

/** More are not listed at once; with each that is done another one comes into sight. */
const mostListed = 200;
/** No more often than this the list is told anew. */
const interval = 100;

/** The background work of a workspace, as its people see and steer it. */
export interface Jobs {
  readonly app: Application;
  readonly queue: JobQueue;
  readonly works: RunningWorks;
}

export function readJobs({ app, queue, works }: Jobs, identity: Identity): Promise<Job[]> {
  return app.engine.transaction(
    { as: identity, readOnly: true, keepsPause: true, label: 'jobs: list' },
    async (tx) => {
      const rows = await listJobs(tx, mostListed);
      const mayCare = await mayCareForAll(tx);
      const seen = works
        .of(identity.workspaceId)
        .filter(({ userId }) => mayCare || userId === identity.userId);
      return [...seen.map(workFacts), ...rows.map((row) => rowFacts(row, queue))];
    },
  );
}

/** The list at the beginning and after each change. */
export async function* watchJobs(
  jobs: Jobs,
  identity: Identity,
  signal: AbortSignal | undefined,
): AsyncGenerator<Job[], void> {
  let wake = () => {};
  let isChanged = true;
  const change = () => {
    isChanged = true;
    wake();
  };
  signal?.addEventListener('abort', change, { once: true });
  using _works = jobs.works.onChange(change);
  using _rows = jobs.app.engine.onTablesChanged(({ table }) => {
    if (table === 'jobs') change();
  });
  try {
    // oxlint-disable-next-line no-unmodified-loop-condition -- `aborted` is a getter that changes
    while (!signal?.aborted) {
      if (!isChanged) await new Promise<void>((resolve) => (wake = resolve));
      if (signal?.aborted) return;
      isChanged = false;
      yield await readJobs(jobs, identity);
      await elapsed(interval);
    }
  } finally {
    signal?.removeEventListener('abort', change);
  }
}

/** @throws SatchelError `not_found` */
export async function retry({ app }: Jobs, identity: Identity, id: JobId): Promise<void> {
  const wasThere = await app.engine.transaction({ as: identity, label: 'jobs: retry' }, (tx) =>
    retryJob(tx, identity.workspaceId, id, app.clock.now()),
  );
  if (!wasThere) throw noSuchJob();
}

/** @throws SatchelError `not_found` */
export async function cancel({ app, queue, works }: Jobs, identity: Identity, id: JobId): Promise<void> {
  const work = works.get(id);
  if (work) {
    const isSeen = await app.engine.transaction(
      { as: identity, readOnly: true, label: 'jobs: cancel' },
      async (tx) =>
        work.workspaceId === identity.workspaceId &&
        (work.userId === identity.userId || (await mayCareForAll(tx))),
    );
    if (!isSeen) throw noSuchJob();
    await work.cancel();
    return;
  }
  const isTheirs = await app.engine.transaction(
    { as: identity, readOnly: true, label: 'jobs: cancel' },
    (tx) =>
      tx.rows(returning({}), 'SELECT FROM jobs WHERE workspace_id = $1 AND id = $2', [
        identity.workspaceId,
        id,
      ]),
  );
  if (isTheirs.length === 0) throw noSuchJob();
  if (await queue.cancel(id)) return;
  await app.engine.transaction({ as: identity, label: 'jobs: cancel' }, (tx) =>
    deleteJob(tx, { workspaceId: identity.workspaceId, id }),
  );
}

async function mayCareForAll(tx: Tx): Promise<boolean> {
  const [row] = await tx.rows(returning({ may: bool }), "SELECT satchel.can('workspace:update') AS may");
  return row?.may ?? false;
}

function noSuchJob(): SatchelError {
  return new SatchelError('not_found', say`There is no such work in the background.`);
}

function rowFacts(row: JobRow, queue: JobQueue): Job {
  const { service, kind, state, attempts, error, notBefore, createdAt, progress } = row;
  return {
    id: jobIdSchema.parse(row.id),
    service,
    kind,
    state,
    isKnown: queue.knows(row),
    isKept: true,
    attempts,
    progress: progress && { done: progress.done, total: progress.total },
    error,
    notBefore,
    createdAt,
  };
}

function workFacts(work: RunningWork): Job {
  const { id, service, kind, startedAt } = work;
  return {
    id: jobIdSchema.parse(id),
    service,
    kind,
    state: 'running',
    isKnown: true,
    isKept: false,
    attempts: 1,
    progress: work.progress(),
    error: null,
    notBefore: startedAt,
    createdAt: startedAt,
  };
}
