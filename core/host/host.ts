import { MessageChannel, Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerSettings } from '#core/worker/messages.ts';
import type { Channel, ChannelListener } from '#shared/contract/transport.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { workerFile } from './worker-file.ts';

/**
 * The main thread's side of the application. It starts the worker that holds the engine, hands it a port for every
 * caller and pipes frames through without reading them, so that no query, import or reply can block a window.
 */
export interface Host {
  /** Opens a channel for one caller. It is closed at once while no worker is running; the caller then tries again. */
  connect(listener: ChannelListener): Channel;
  /** True when only the recovery screen can be shown. */
  readonly isDamaged: boolean;
  /** Waits until the engine has written its checkpoint and released the directory; after `deadlineMs` ends it hard. */
  close(deadlineMs?: number): Promise<void>;
}

export interface HostOptions {
  readonly dataDir: string;
  /** Told when the worker died more often than it is started again, and the application cannot go on. */
  readonly onGivenUp?: (error: SatchelError) => void;
}

/** A worker that dies this often within the window would only die again. */
const restartLimit = { count: 5, windowMs: 60_000 };
const defaultDeadlineMs = 10_000;

/** Resolves when calls are answered. Throws SatchelError: `conflict` when another process holds the directory. */
export async function startHost(options: HostOptions): Promise<Host> {
  const host = new WorkerHost(options);
  await host.start();
  return host;
}

class WorkerHost implements Host {
  readonly #options: HostOptions;
  readonly #channels = new Set<() => void>();
  readonly #deaths: number[] = [];
  #worker: Worker | undefined;
  #isReady = false;
  #isClosing = false;
  #isDamaged = false;
  /** The worker is being replaced on purpose, which is not a death. */
  #isRenewing = false;

  constructor(options: HostOptions) {
    this.#options = options;
  }

  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  start(): Promise<void> {
    const settings: WorkerSettings = { dataDir: this.#options.dataDir };
    const worker = new Worker(new URL(workerFile, import.meta.url), {
      workerData: settings,
      name: 'satchel',
    });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'opened') {
          this.#isDamaged = message.damaged;
          this.#isReady = true;
          resolve();
        } else if (message.type === 'failed') {
          const { code, said, details } = message.error;
          reject(new SatchelError(code, said, { details }));
        } else {
          this.#isRenewing = true;
          this.#tell({ type: 'close' });
        }
      });
      worker.on('error', (error) => reject(engineStopped(error)));
      worker.on('exit', () => {
        const wasReady = this.#isReady;
        this.#isReady = false;
        reject(engineStopped(undefined));
        for (const close of this.#channels) close();
        if (wasReady && !this.#isClosing) this.#restart();
      });
    });
  }

  connect(listener: ChannelListener): Channel {
    const { port1: near, port2: far } = new MessageChannel();
    let isOpen = true;
    const close = () => {
      if (!isOpen) return;
      isOpen = false;
      this.#channels.delete(close);
      near.close();
      listener.onClose();
    };
    if (!this.#isReady || this.#isClosing) {
      queueMicrotask(close);
      return { send: () => undefined, close };
    }
    this.#channels.add(close);
    near.on('message', (frame) => listener.onFrame(frame));
    near.on('close', close);
    this.#tell({ type: 'connect', port: far });
    return { send: (frame) => near.postMessage(frame), close };
  }

  async close(deadlineMs = defaultDeadlineMs): Promise<void> {
    this.#isClosing = true;
    const worker = this.#worker;
    if (!worker || worker.threadId === -1) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#tell({ type: 'close' });
    const deadline = setTimeout(() => void worker.terminate(), deadlineMs);
    await ended;
    clearTimeout(deadline);
  }

  #tell(message: ToWorker): void {
    this.#worker?.postMessage(message, message.type === 'connect' ? [message.port] : []);
  }

  #restart(): void {
    const now = performance.now();
    if (!this.#isRenewing) this.#deaths.push(now);
    this.#isRenewing = false;
    const recent = this.#deaths.filter((at) => now - at < restartLimit.windowMs);
    if (recent.length > restartLimit.count) {
      this.#giveUp(engineStopped(undefined));
      return;
    }
    this.start().catch((error: unknown) =>
      this.#giveUp(error instanceof SatchelError ? error : engineStopped(error)),
    );
  }

  #giveUp(error: SatchelError): void {
    if (!this.#isClosing) this.#options.onGivenUp?.(error);
  }
}

function engineStopped(cause: unknown): SatchelError {
  return new SatchelError('internal', say`The database stopped unexpectedly. Start Satchel again.`, {
    cause,
  });
}
