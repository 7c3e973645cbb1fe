import { SatchelError } from '#shared/errors.ts';
import { type PortCall, type Ports, portsThrough } from '../ports.ts';
import type { FromWorker, ToWorker } from './messages.ts';

type Answer = Extract<ToWorker, { type: 'port_answer' }>;

/** The worker's side of the ports: asks the host by message, and waits for its answer. */
export class HostPorts {
  readonly ports: Ports;
  readonly #tell: (message: FromWorker) => void;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  constructor(tell: (message: FromWorker) => void) {
    this.#tell = tell;
    this.ports = portsThrough((call, signal) => this.#call(call, signal));
  }

  take(answer: Answer): void {
    this.#waiting.get(answer.id)?.(answer);
    this.#waiting.delete(answer.id);
  }

  #call(call: PortCall, signal: AbortSignal | undefined): Promise<unknown> {
    signal?.throwIfAborted();
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      const abort = () => this.#tell({ type: 'port_abort', id });
      signal?.addEventListener('abort', abort, { once: true });
      this.#waiting.set(id, ({ error, result }) => {
        signal?.removeEventListener('abort', abort);
        if (!error) resolve(result);
        else if (signal?.aborted) reject(signal.reason as Error);
        else reject(new SatchelError(error.code, error.said, { details: error.details }));
      });
      this.#tell({ type: 'port_call', id, call });
    });
  }
}
