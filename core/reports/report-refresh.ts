import type { Engine, IdleTask, MaintenanceDatabase, Pause } from '#db/engine/types.ts';
import { returning, text, timestamptz, typed } from '#db/row.ts';
import type { Report, ReportAge } from '#shared/contract/reports.ts';
import type { Identity } from '../context.ts';
import type { Service } from '../platform/services/service.ts';

/** A report is not refreshed more often. */
const interval = 60_000;

/**
 * Refreshes the reports that somebody looks at, in the pauses after a change. A refresh holds the engine for up to a
 * second, so that none is made which nobody sees.
 */
export class ReportRefresh implements Service {
  readonly name = 'reports';
  readonly #engine: Engine;
  readonly #shown = new Map<Report, number>();
  /** Reports that somebody began to look at, so that what was changed before this start is in them too. */
  readonly #unread = new Set<string>();
  readonly #refreshed = new Set<() => void>();
  #registration: Disposable | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  start(): void {
    this.#register();
  }

  stop(): Promise<void> {
    this.#registration?.[Symbol.dispose]();
    this.#registration = undefined;
    return Promise.resolve();
  }

  /** Keeps the reports fresh until the caller leaves; tells their ages at the beginning and after each refresh. */
  async *watch(
    identity: Identity,
    reports: readonly Report[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ReportAge[], void> {
    const wanted = [...new Set(reports)];
    for (const report of wanted) this.#show(report);
    try {
      // oxlint-disable-next-line no-unmodified-loop-condition -- `aborted` is a getter that changes
      while (!signal?.aborted) {
        const refreshed = this.#nextRefresh(signal);
        yield await this.#ages(identity, wanted);
        await refreshed;
      }
    } finally {
      for (const report of wanted) this.#hide(report);
    }
  }

  #show(report: Report): void {
    const count = this.#shown.get(report) ?? 0;
    this.#shown.set(report, count + 1);
    if (count > 0) return;
    this.#unread.add(report);
    // An engine that settled after the last look for work looks again.
    if (this.#registration) this.#register();
  }

  #hide(report: Report): void {
    const count = this.#shown.get(report) ?? 0;
    if (count > 1) this.#shown.set(report, count - 1);
    else this.#shown.delete(report);
  }

  #register(): void {
    this.#registration?.[Symbol.dispose]();
    const task: IdleTask = {
      name: 'reports',
      holds: 200,
      due: (database, pause) => this.#due(database, pause),
      run: async (database, target) => {
        await database.execute(`SELECT satchel.refresh_report('${target}')`);
        this.#unread.delete(target);
        for (const wake of this.#refreshed) wake();
      },
    };
    this.#registration = this.#engine.whenIdle(task);
  }

  /** The one that was refreshed longest ago first. */
  async #due(database: MaintenanceDatabase, { now, lastChange }: Pause): Promise<readonly string[]> {
    const candidates = [...this.#shown.keys()];
    if (candidates.length === 0) return [];
    const rows = await database.rows(
      returning({ report: typed<Report>(text), refreshedAt: timestamptz }),
      'SELECT report, refreshed_at AS "refreshedAt" FROM satchel.report_refreshes ORDER BY refreshed_at',
    );
    const due = rows
      .filter(({ report }) => this.#shown.has(report))
      .map(({ report, refreshedAt }) => ({ report, at: Date.parse(refreshedAt) }))
      .filter(({ report, at }) => {
        const isStale = this.#unread.has(report) || (lastChange ?? 0) > at;
        // One from the future was refreshed before the clock went back: its time says nothing.
        return at > now + interval || (isStale && now - at >= interval);
      });
    const fromTheFuture = due.filter(({ at }) => at > now);
    return [...fromTheFuture, ...due.filter(({ at }) => at <= now)].map(({ report }) => report);
  }

  #nextRefresh(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#refreshed.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#refreshed.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  async #ages(identity: Identity, reports: readonly Report[]): Promise<ReportAge[]> {
    return this.#engine.transaction(
      { as: identity, readOnly: true, keepsPause: true, label: 'age of reports' },
      (tx) =>
        tx.rows(
          returning({ report: typed<Report>(text), refreshedAt: timestamptz }),
          `SELECT report, satchel.report_age(report) AS "refreshedAt"
           FROM unnest($1::text[]) AS report ORDER BY report`,
          [reports],
        ),
    );
  }
}
