import type { z } from 'zod';
import type { Tx } from '#db/engine/types.ts';
import type { Identity } from '../../context.ts';

/** How far a job is: for the person, and for itself. */
export interface JobProgress {
  readonly done: number;
  readonly total: number | null;
  /** Where the next slice goes on; whatever the kind of job needs, as JSON. */
  readonly cursor?: unknown;
}

/** What a job is told when it is asked for, kept as JSON. */
export type JobPayload = Readonly<Record<string, unknown>>;

/** A job while it runs. */
export interface RunningJob<Payload> {
  readonly id: string;
  readonly payload: Payload;
  /** Whose rights it has; null for what Satchel does by itself. */
  readonly identity: Identity | null;
  /** As its last slice left it, in this run or in an earlier one. */
  readonly progress: JobProgress | null;
  /** Aborts when the job is cancelled, and when Satchel ends: then it goes on with the next start. */
  readonly signal: AbortSignal;
  /**
   * A transaction in which the job gets on: the work and how far it is become durable together. `rows` is how much to go
   * through, so that a person who works meanwhile does not wait; a slice that did less passes the rows it had.
   */
  slice(work: (tx: Tx, rows: number) => Promise<JobProgress>): Promise<JobProgress>;
  /** Does what cannot be cut into slices in a pause of the person's work; see the engine's `pauseFor` for how long a pause. */
  inPause<T>(milliseconds: number, work: () => Promise<T>): Promise<T>;
}

/** What a service does in the background, one job at a time. */
export interface JobKind<Payload> {
  readonly service: string;
  readonly kind: string;
  readonly payload: z.ZodType<Payload>;
  /** Tries without getting on, after which it has failed; five where nothing is said. */
  readonly attempts?: number;
  /** Resolves when all is done. What it throws is tried again later, unless trying again cannot help. */
  run(job: RunningJob<Payload>): Promise<void>;
}
