export interface Timing {
  readonly p50: number;
  readonly p95: number;
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
): Promise<Timing> {
  const measured: number[] = [];
  for (let turn = 0; turn < warmUps + times; turn++) {
    const started = performance.now();
    await call(turn);
    if (turn >= warmUps) measured.push(performance.now() - started);
  }
  return timingOf(measured);
}
