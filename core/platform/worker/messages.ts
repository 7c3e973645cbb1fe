import type { MessagePort } from 'node:worker_threads';
import type { ErrorCode, ErrorDetails } from '#shared/errors.ts';
import type { Message } from '#shared/message.ts';
import type { PortCall } from '../ports.ts';

/** What the worker is started with. */
export interface WorkerSettings {
  readonly dataDir: string;
  readonly largeHeap?: number;
}

/** From the host to the worker. Both run the same build, so these are types and not validated input. */
export type ToWorker =
  /** The database's program, sent once; nothing opens before. */
  | { readonly type: 'compiled'; readonly module: WebAssembly.Module }
  /** A caller arrived: the port carries its frames, opaque to everyone but the worker. */
  | { readonly type: 'connect'; readonly port: MessagePort }
  /** Answer every call up to `lastFrame`, end the streams, then as for `close`: another worker takes over the callers. */
  | { readonly type: 'hand_over' }
  /** What came of a call of a port. */
  | {
      readonly type: 'port_answer';
      readonly id: number;
      readonly result?: unknown;
      readonly error?: ErrorFacts;
    }
  /** Finish what is running, write a checkpoint, release the directory, exit. */
  | { readonly type: 'close' };

/** Follows the last frame that a caller's port carries to this worker. */
export const lastFrame = null;

/** An error without its stack, as it crosses between threads. */
export interface ErrorFacts {
  readonly code: ErrorCode;
  readonly said: Message;
  readonly details: ErrorDetails;
}

/** From the worker to the host. */
export type FromWorker =
  /** The directory is this process's: no other has it open. */
  | { readonly type: 'claimed' }
  /** Calls are answered from now on; `damaged` means only with what the recovery screen needs. */
  | { readonly type: 'opened'; readonly damaged: boolean }
  /** The directory could not be opened; the worker exits. */
  | { readonly type: 'failed'; readonly error: ErrorFacts }
  /** Something that only the host can do; it answers with `port_answer`. */
  | { readonly type: 'port_call'; readonly id: number; readonly call: PortCall }
  /** Nobody waits for the answer any more. */
  | { readonly type: 'port_abort'; readonly id: number }
  /** Memory has grown that only a new worker gives back. */
  | { readonly type: 'restart_wanted' }
  /** After `hand_over`: every call was answered. */
  | { readonly type: 'handed_over' };
