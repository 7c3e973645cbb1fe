/** What the slices of a long piece of work shall be like; rows stand for whatever it goes through. */
export interface SlicePace {
  readonly targetMilliseconds: number;
  readonly minRows: number;
  readonly maxRows: number;
  readonly firstRows: number;
}

/**
 * How many rows the next slice gets, learnt from how long those before it took. Counted is the time that this thread
 * computed, not the time that passed: on a busy machine slices would else become so small that they cost more than
 * their rows.
 */
export class SliceSize {
  readonly #pace: SlicePace;
  #rows: number;

  constructor(pace: SlicePace) {
    this.#pace = pace;
    this.#rows = pace.firstRows;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Milliseconds that this thread has computed, to be passed to `took` as a difference. */
  static computed(): number {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1_000;
  }

  took(rows: number, milliseconds: number): void {
    const { targetMilliseconds, minRows, maxRows } = this.#pace;
    if (rows < minRows) return;
    const fitting = (rows / Math.max(milliseconds, 1)) * targetMilliseconds;
    // Half way to what would have fitted: one slow slice (a vacuum, a busy machine) does not upset the rest.
    const next = milliseconds > targetMilliseconds ? Math.min(fitting, rows) : (rows + fitting) / 2;
    this.#rows = Math.round(Math.min(maxRows, Math.max(minRows, next)));
  }
}
