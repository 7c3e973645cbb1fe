import { z } from 'zod';
import type { Engine, Tx } from '#db/engine/types.ts';
import { nullable, type RowValue, returning, timestamptz } from '#db/row.ts';
import { type UserId, userIdSchema, type WorkspaceId, workspaceIdSchema } from '#shared/ids.ts';
import { type Message, messageSchema } from '#shared/message.ts';
import type { JobPayload, JobProgress } from './job-kind.ts';

const progressSchema = z.object({
  done: z.number(),
  total: z.number().nullable(),
  cursor: z.unknown().optional(),
});

/** A job as it is kept. */
export interface JobRow {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly userId: UserId | null;
  readonly service: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly progress: JobProgress | null;
  readonly attempts: number;
  readonly state: 'waiting' | 'running' | 'failed';
  readonly error: Message | null;
  readonly notBefore: string;
  readonly createdAt: string;
}

const jobRow = returning({
  workspace_id: 'jobs.workspace_id',
  id: 'jobs.id',
  user_id: 'jobs.user_id',
  service: 'jobs.service',
  kind: 'jobs.kind',
  payload: 'jobs.payload',
  progress: 'jobs.progress',
  attempts: 'jobs.attempts',
  state: 'jobs.state',
  error: 'jobs.error',
  not_before: 'jobs.not_before',
  created_at: 'jobs.created_at',
});
const columns = Object.keys(jobRow.columns).join(', ');

function fromRow(row: RowValue<typeof jobRow>): JobRow {
  return {
    workspaceId: workspaceIdSchema.parse(row.workspace_id),
    id: row.id,
    userId: row.user_id === null ? null : userIdSchema.parse(row.user_id),
    service: row.service,
    kind: row.kind,
    payload: row.payload,
    progress: progressSchema.safeParse(row.progress).data ?? null,
    attempts: row.attempts,
    state: row.state,
    error: messageSchema.safeParse(row.error).data ?? null,
    notBefore: row.not_before,
    createdAt: row.created_at,
  };
}

/** What identifies a kind of job. */
export const kindKey = ({ service, kind }: Pick<JobRow, 'service' | 'kind'>) => `${service}/${kind}`;

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

/** Those the caller may see, those that run first, then the oldest first. */
export async function listJobs(tx: Tx, limit: number): Promise<JobRow[]> {
  const rows = await tx.rows(
    jobRow,
    `SELECT ${columns} FROM jobs ORDER BY state <> 'running', state <> 'failed', created_at, id LIMIT $1`,
    [limit],
  );
  return rows.map(fromRow);
}

export async function insertJob(
  tx: Tx,
  job: Pick<JobRow, 'workspaceId' | 'id' | 'userId' | 'service' | 'kind'> & { readonly payload: JobPayload },
  now: number,
): Promise<void> {
  await tx.execute(
    `INSERT INTO jobs (workspace_id, id, user_id, service, kind, payload, not_before, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7)`,
    [job.workspaceId, job.id, job.userId, job.service, job.kind, job.payload, iso(now)],
  );
}

interface Claim {
  readonly now: number;
  /** `service/kind` of those that can be run. */
  readonly kinds: readonly string[];
  readonly busyServices: readonly string[];
  /** The services in the order in which they had their last turn, the longest ago first. */
  readonly turns: readonly string[];
  /** One that waits longer was put off under a clock that was put back since. */
  readonly longestWait: number;
}

const isDue = `state = 'waiting' AND service || '/' || kind = ANY ($2) AND NOT service = ANY ($3)`;

/** Takes the next job that is due, of the service whose turn is the longest ago; counts the try. */
export async function claimJob(tx: Tx, claim: Claim): Promise<JobRow | undefined> {
  const [row] = await tx.rows(
    jobRow,
    `UPDATE jobs SET state = 'running', attempts = attempts + 1, updated_at = $1
     WHERE (workspace_id, id) = (
       SELECT workspace_id, id FROM jobs
       WHERE ${isDue} AND not_before NOT BETWEEN $1::timestamptz + interval '1 microsecond' AND $4
       ORDER BY coalesce(array_position($5::text[], service), 0), not_before, created_at, id
       LIMIT 1
     )
     RETURNING ${columns}`,
    [iso(claim.now), claim.kinds, claim.busyServices, iso(claim.now + claim.longestWait), claim.turns],
  );
  return row && fromRow(row);
}

/** When the next one is due that could be run now but for the time. */
export async function nextDue(
  tx: Tx,
  { now, kinds, busyServices }: Pick<Claim, 'now' | 'kinds' | 'busyServices'>,
): Promise<number | undefined> {
  const [row] = await tx.rows(
    returning({ at: nullable(timestamptz) }),
    `SELECT min(not_before) AS at FROM jobs WHERE ${isDue} AND not_before > $1`,
    [iso(now), kinds, busyServices],
  );
  return row?.at ? Date.parse(row.at) : undefined;
}

/** Those that ran when Satchel ended without stopping them. */
export async function readInterrupted(tx: Tx): Promise<JobRow[]> {
  return (await tx.rows(jobRow, `SELECT ${columns} FROM jobs WHERE state = 'running'`)).map(fromRow);
}

export interface PutOff {
  readonly state: 'waiting' | 'failed';
  readonly attempts: number;
  readonly notBefore: number;
  readonly error: Message | null;
}

export async function putOff(tx: Tx, { workspaceId, id }: JobRow, put: PutOff, now: number): Promise<void> {
  await tx.execute(
    `UPDATE jobs SET state = $3::queue_status, attempts = $4, not_before = $5, error = $6, updated_at = $7
     WHERE workspace_id = $1 AND id = $2`,
    [workspaceId, id, put.state, put.attempts, iso(put.notBefore), put.error && { ...put.error }, iso(now)],
  );
}

/** It got on, so that its tries are counted anew. */
export async function saveProgress(
  tx: Tx,
  { workspaceId, id }: JobRow,
  progress: JobProgress,
  now: number,
): Promise<void> {
  await tx.execute(
    'UPDATE jobs SET progress = $3, attempts = 1, error = NULL, updated_at = $4 WHERE workspace_id = $1 AND id = $2',
    [workspaceId, id, { ...progress }, iso(now)],
  );
}

export async function deleteJob(
  tx: Tx,
  { workspaceId, id }: Pick<JobRow, 'workspaceId' | 'id'>,
): Promise<number> {
  return tx.execute('DELETE FROM jobs WHERE workspace_id = $1 AND id = $2', [workspaceId, id]);
}

/** Whether there was one that the caller may steer and that does not run. */
export async function retryJob(tx: Tx, workspaceId: WorkspaceId, id: string, now: number): Promise<boolean> {
  const changed = await tx.execute(
    `UPDATE jobs SET state = 'waiting', attempts = 0, not_before = $3, error = NULL, updated_at = $3
     WHERE workspace_id = $1 AND id = $2 AND state <> 'running'`,
    [workspaceId, id, iso(now)],
  );
  return changed > 0;
}

/** The work of the queue itself, which is no use of the database by anybody. */
export function inQueue<T>(engine: Engine, work: (tx: Tx) => Promise<T>): Promise<T> {
  return engine.transaction({ as: 'system', priority: 'background', keepsPause: true, label: 'jobs' }, work);
}
