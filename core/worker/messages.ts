import type { MessagePort } from 'node:worker_threads';
import type { ErrorCode, ErrorDetails } from '#shared/errors.ts';
import type { Message } from '#shared/message.ts';

/** What the worker is started with. */
export interface WorkerSettings {
  readonly dataDir: string;
}

/** From the host to the worker. Both run the same build, so these are types and not validated input. */
export type ToWorker =
  /** A caller arrived: the port carries its frames, opaque to everyone but the worker. */
  | { readonly type: 'connect'; readonly port: MessagePort }
  /** Finish what is running, write a checkpoint, release the directory, exit. */
  | { readonly type: 'close' };

/** An error without its stack, as it crosses between threads. */
export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly said: Message;
  readonly details: ErrorDetails;
}

/** From the worker to the host. */
export type FromWorker =
  /** Calls are answered from now on; `damaged` means only with what the recovery screen needs. */
  | { readonly type: 'opened'; readonly damaged: boolean }
  /** The directory could not be opened; the worker exits. */
  | { readonly type: 'failed'; readonly error: ErrorFacts }
  /** Memory has grown that only a new worker gives back. */
  | { readonly type: 'restart_wanted' };
