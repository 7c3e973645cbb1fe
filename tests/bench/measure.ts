export interface Timing {
  readonly p50: number;
  readonly p95: number;
  /** Milliseconds of processor time per call, where it was asked for: what a busy machine does not inflate. */
  readonly processor?: number;
}

/** Whoever answers the calls, and has computed that many milliseconds so far. */
export interface Computing {
  computed(): number | Promise<number>;
}

/** The nearest-rank percentile of at least one number. */
export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

export function timingOf(milliseconds: readonly number[]): Timing {
  return { p50: percentile(milliseconds, 50), p95: percentile(milliseconds, 95) };
}

export interface Repetition {
  /** Not counted: plans are made, caches filled, code compiled. */
  readonly warmUps: number;
  readonly times: number;
}

/** How long each call takes, in milliseconds; calls follow one another. */
export async function timeCalls(
  { warmUps, times }: Repetition,
  call: (turn: number) => unknown,
  answering?: Computing,
): Promise<Timing> {
  const measured: number[] = [];
  let computedBefore = 0;
  for (let turn = 0; turn < warmUps + times; turn++) {
    if (turn === warmUps) computedBefore = (await answering?.computed()) ?? 0;
    const started = performance.now();
    await call(turn);
    if (turn >= warmUps) measured.push(performance.now() - started);
  }
  const timing = timingOf(measured);
  return answering
    ? { ...timing, processor: ((await answering.computed()) - computedBefore) / times }
    : timing;
}
