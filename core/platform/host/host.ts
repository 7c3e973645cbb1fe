import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { compileDatabase } from '#db/engine/compiled.ts';
import type { Channel, ChannelListener, Frame } from '#shared/contract/transport.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Ports } from '../ports.ts';
import { type FromWorker, lastFrame, type ToWorker, type WorkerSettings } from '../worker/messages.ts';
import { PortAnswers } from './answer-ports.ts';
import { codeCacheDirectory } from './code-cache.ts';
import { nodePorts } from './node-ports.ts';
import { workerFile } from './worker-file.ts';

/**
 * The main thread's side of the application. It starts the worker that holds the engine, hands it a port for every
 * caller and pipes frames through without reading them, so that no query, import or reply can block a window.
 */
export interface Host {
  /**
   * Opens a channel for one caller. Calls wait while the directory is being opened, and while one worker takes over from
   * another. Closed at once when the host is closing; the caller then tries again.
   */
  connect(listener: ChannelListener): Channel;
  /** Resolves when the directory is this process's. Rejects as `opened` does. */
  readonly claimed: Promise<void>;
  /** Resolves when calls are answered. Rejects with SatchelError: `conflict` when another process holds the directory. */
  readonly opened: Promise<void>;
  /** True when only the recovery screen can be shown. */
  readonly isDamaged: boolean;
  /** Waits until the engine has written its checkpoint and released the directory; after `deadlineMs` ends it hard. */
  close(deadlineMs?: number): Promise<void>;
}

export interface HostOptions {
  readonly dataDir: string;
  /** What this process gives to the application; those of a plain Node process by default. */
  readonly ports?: Ports;
  /** Bytes of the database's memory over which another worker takes over in the next pause; the engine's own by default. */
  readonly largeHeap?: number;
  /** Told when the worker died more often than it is started again, and the application cannot go on. */
  readonly onGivenUp?: (error: SatchelError) => void;
}

/** A worker that dies this often within the window would only die again. */
const restartLimit = { count: 5, windowMs: 60_000 };
const defaultDeadlineMs = 10_000;

/** Starts opening the directory; what is connected meanwhile is answered when it is open. */
export function launchHost(options: HostOptions): Host {
  return new WorkerHost(options);
}

/** Resolves when calls are answered. Throws SatchelError: `conflict` when another process holds the directory. */
export async function startHost(options: HostOptions): Promise<Host> {
  const host = launchHost(options);
  await host.opened;
  return host;
}

/** A caller's channel: its port leads to the worker that runs, then to the next. */
interface Caller {
  readonly listener: ChannelListener;
  /** None yet where it came while one worker takes over from another. */
  port: MessagePort | undefined;
}

class WorkerHost implements Host {
  readonly claimed: Promise<void>;
  readonly opened: Promise<void>;
  readonly #options: HostOptions;
  readonly #compiled = compileDatabase();
  readonly #callers = new Set<Caller>();
  readonly #deaths: number[] = [];
  #worker: Worker | undefined;
  #isClosing = false;
  #isDamaged = false;
  /** What callers send while one worker takes over from another; undefined at all other times. */
  #held: { readonly caller: Caller; readonly frame: Frame }[] | undefined;
  #wasHandedOver = false;

  constructor(options: HostOptions) {
    this.#options = options;
    const { claimed, opened } = this.#start();
    this.claimed = claimed;
    this.opened = opened;
    // Whoever asks is told; nobody has to ask.
    opened.catch(() => undefined);
  }

  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  #start(): { claimed: Promise<void>; opened: Promise<void> } {
    const { dataDir, largeHeap } = this.#options;
    const settings: WorkerSettings = { dataDir, ...(largeHeap !== undefined && { largeHeap }) };
    const worker = new Worker(new URL(workerFile, import.meta.url), {
      workerData: settings,
      name: 'satchel',
      env: { ...process.env, NODE_COMPILE_CACHE: codeCacheDirectory() },
    });
    this.#worker = worker;
    const claimed = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    // A later worker's claim interests nobody.
    claimed.promise.catch(() => undefined);
    let wasOpened = false;
    const fail = (error: SatchelError) => {
      claimed.reject(error);
      opened.reject(error);
    };
    this.#compiled.then(
      (module) => worker.postMessage({ type: 'compiled', module } satisfies ToWorker),
      (error: unknown) => {
        fail(engineStopped(error));
        void worker.terminate();
      },
    );
    const ports = new PortAnswers(this.#options.ports ?? nodePorts(dataDir), (message) =>
      worker.postMessage(message),
    );
    worker.on('message', (message: FromWorker) => {
      switch (message.type) {
        case 'claimed':
          claimed.resolve();
          return;
        case 'opened':
          this.#isDamaged = message.damaged;
          wasOpened = true;
          claimed.resolve();
          opened.resolve();
          return;
        case 'failed': {
          const { code, said, details } = message.error;
          fail(new SatchelError(code, said, { details }));
          return;
        }
        case 'restart_wanted':
          this.#handOver();
          return;
        case 'port_call':
          void ports.take(message);
          return;
        case 'port_abort':
          ports.abort(message.id);
          return;
        case 'handed_over':
          this.#wasHandedOver = true;
          return;
        default:
          message satisfies never;
      }
    });
    worker.on('error', (error) => fail(engineStopped(error)));
    worker.on('exit', () => {
      fail(engineStopped(undefined));
      if (wasOpened && !this.#isClosing) this.#replace();
      else this.#dropAll();
    });
    return { claimed: claimed.promise, opened: opened.promise };
  }

  connect(listener: ChannelListener): Channel {
    if (this.#isClosing || !this.#worker) {
      queueMicrotask(() => listener.onClose());
      return { send: () => undefined, close: () => undefined };
    }
    const caller: Caller = { listener, port: undefined };
    this.#callers.add(caller);
    if (!this.#held) caller.port = this.#join(caller);
    return {
      send: (frame) => {
        if (this.#held) this.#held.push({ caller, frame });
        else caller.port?.postMessage(frame);
      },
      close: () => this.#drop(caller),
    };
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

  /** A port of the running worker, which may still be opening the directory: what is sent waits in the port. */
  #join(caller: Caller): MessagePort {
    const { port1: near, port2: far } = new MessageChannel();
    near.on('message', (frame: Frame) => caller.listener.onFrame(frame));
    near.on('close', () => {
      if (!this.#held) this.#drop(caller);
    });
    this.#tell({ type: 'connect', port: far });
    return near;
  }

  #drop(caller: Caller): void {
    if (!this.#callers.delete(caller)) return;
    caller.port?.close();
    caller.listener.onClose();
  }

  #dropAll(): void {
    this.#held = undefined;
    for (const caller of this.#callers) this.#drop(caller);
  }

  /** What was sent so far is answered by the old worker, what is sent from now on by the next. */
  #handOver(): void {
    if (this.#held || this.#isClosing) return;
    this.#held = [];
    for (const { port } of this.#callers) port?.postMessage(lastFrame);
    this.#tell({ type: 'hand_over' });
  }

  #replace(): void {
    const held = this.#wasHandedOver ? this.#held : undefined;
    this.#wasHandedOver = false;
    if (!held) {
      // It died: whether its calls were carried out is not known.
      this.#dropAll();
      const now = performance.now();
      this.#deaths.push(now);
      if (this.#deaths.filter((at) => now - at < restartLimit.windowMs).length > restartLimit.count) {
        this.#giveUp(engineStopped(undefined));
        return;
      }
    }
    this.#start().opened.catch((error: unknown) =>
      this.#giveUp(error instanceof SatchelError ? error : engineStopped(error)),
    );
    if (!held) return;
    this.#held = undefined;
    for (const caller of this.#callers) caller.port = this.#join(caller);
    for (const { caller, frame } of held) caller.port?.postMessage(frame);
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
