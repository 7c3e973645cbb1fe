import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { callPort, type Ports } from '../ports.ts';
import type { ErrorFacts, FromWorker, ToWorker } from '../worker/messages.ts';

type Call = Extract<FromWorker, { type: 'port_call' }>;

/** The host's side of the ports: carries out what one worker asks, and answers it. */
export class PortAnswers {
  readonly #ports: Ports;
  readonly #tell: (message: ToWorker) => void;
  readonly #running = new Map<number, AbortController>();

  constructor(ports: Ports, tell: (message: ToWorker) => void) {
    this.#ports = ports;
    this.#tell = tell;
  }

  async take({ id, call }: Call): Promise<void> {
    const abort = new AbortController();
    this.#running.set(id, abort);
    try {
      this.#tell({ type: 'port_answer', id, result: await callPort(this.#ports, call, abort.signal) });
    } catch (error) {
      this.#tell({ type: 'port_answer', id, error: facts(error) });
    } finally {
      this.#running.delete(id);
    }
  }

  abort(id: number): void {
    this.#running.get(id)?.abort();
  }
}

function facts(error: unknown): ErrorFacts {
  if (error instanceof SatchelError) return { code: error.code, said: error.said, details: error.details };
  return { code: 'internal', said: say`The computer refused what Satchel asked of it.`, details: {} };
}
