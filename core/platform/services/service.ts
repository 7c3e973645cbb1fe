import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Log } from '../../context.ts';

/** Something that works in the background for as long as the workspace is open. */
export interface Service {
  readonly name: string;
  start(): void | Promise<void>;
  /** Resolves when nothing of it runs any more. What is left to do is kept for the next start. */
  stop(): Promise<void>;
}

/** Starts the services of a workspace in the order in which they were registered, and stops them in the reverse one. */
export class ServiceRunner {
  readonly #log: Log;
  readonly #services: Service[] = [];
  readonly #running: Service[] = [];

  constructor(log: Log) {
    this.#log = log;
  }

  register(service: Service): void {
    if (this.#services.some(({ name }) => name === service.name)) {
      throw new SatchelError('internal', say`Two services are named ${service.name}.`);
    }
    this.#services.push(service);
  }

  /** One that cannot start is logged: the workspace opens without it. */
  async start(): Promise<void> {
    for (const service of this.#services) {
      try {
        await service.start();
        this.#running.push(service);
      } catch (error) {
        this.#log.error({ service: service.name, error: String(error) }, 'A service could not start');
      }
    }
  }

  async stop(): Promise<void> {
    for (const service of this.#running.splice(0).reverse()) {
      try {
        await service.stop();
      } catch (error) {
        this.#log.error({ service: service.name, error: String(error) }, 'A service could not stop');
      }
    }
  }
}
