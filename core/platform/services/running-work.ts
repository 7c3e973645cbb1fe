import type { Job } from '#shared/contract/jobs.ts';
import type { UserId, WorkspaceId } from '#shared/ids.ts';

/** Work that runs on somebody's word and is not of the queue, such as an import: it keeps its own state. */
export interface RunningWork {
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly userId: UserId;
  readonly service: string;
  readonly kind: string;
  readonly startedAt: string;
  progress(): Job['progress'];
  /** Resolves when it has stopped. */
  cancel(): Promise<void>;
}

/** What runs now beside the queue, so that it is listed and cancelled like the jobs. */
export class RunningWorks {
  readonly #works = new Map<string, RunningWork>();
  readonly #listeners = new Set<() => void>();

  add(work: RunningWork): { changed(): void } & Disposable {
    this.#works.set(work.id, work);
    this.#tell();
    return {
      changed: () => this.#tell(),
      [Symbol.dispose]: () => {
        this.#works.delete(work.id);
        this.#tell();
      },
    };
  }

  get(id: string): RunningWork | undefined {
    return this.#works.get(id);
  }

  of(workspaceId: WorkspaceId): RunningWork[] {
    return [...this.#works.values()].filter((work) => work.workspaceId === workspaceId);
  }

  onChange(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
