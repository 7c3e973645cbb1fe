import { expect, test } from 'vitest';
import * as fc from '#tests/support/property.ts';
import { formatStamp, HybridClock, parseStamp, type Reservation } from './hybrid-clock.ts';

function kept(): Reservation {
  return {
    reserved: 0,
    reserve(milliseconds: number) {
      Object.assign(this, { reserved: milliseconds });
    },
  };
}

const start = Date.UTC(2026, 0, 31);
// A clock that stands still, runs, jumps ahead and jumps back by up to a day.
const jumps = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 5_000 }),
    fc.integer({ min: -86_400_000, max: 86_400_000 }),
  ),
  { minLength: 1, maxLength: 60 },
);

test('every stamp is greater than all before it, whatever the clock does and wherever the process dies', () => {
  fc.assert(
    fc.property(jumps, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (steps, crashes) => {
      let now = start;
      const reservation = kept();
      const open = () => new HybridClock({ clock: { now: () => now }, node: 'a1', reservation });
      let clock = open();
      let last = '';
      for (const [index, step] of steps.entries()) {
        now += step;
        if (crashes[index]) clock = open();
        const stamp = clock.next();
        expect(stamp > last).toBe(true);
        last = stamp;
      }
    }),
  );
});

test('after an orderly end the next start does not run ahead of the clock by more than a millisecond', () => {
  const reservation = kept();
  const options = { clock: { now: () => start }, node: 'a1', reservation };
  const first = new HybridClock(options);
  first.next();
  first.settle();
  expect(parseStamp(new HybridClock(options).next()).milliseconds).toBe(start + 1);
});

test('a stamp seen from elsewhere is exceeded, but never followed more than a minute ahead', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -100_000, max: 10_000_000 }),
      fc.integer({ min: 0, max: 0xffff }),
      (ahead, counter) => {
        const clock = new HybridClock({ clock: { now: () => start }, node: 'a1', reservation: kept() });
        const seen = formatStamp({ milliseconds: start + ahead, counter, node: 'zz' });
        clock.observe(seen);
        const next = clock.next();
        expect(next > seen || ahead > 60_000).toBe(true);
        expect(parseStamp(next).milliseconds).toBeLessThanOrEqual(start + 60_001);
      },
    ),
  );
});

test('a full counter moves on to the next millisecond', () => {
  const clock = new HybridClock({ clock: { now: () => start }, node: 'a1', reservation: kept() });
  clock.observe(formatStamp({ milliseconds: start, counter: 0xffff, node: 'b' }));
  expect(parseStamp(clock.next())).toEqual({ milliseconds: start + 1, counter: 0, node: 'a1' });
});

test('text that is no stamp is refused', () => {
  for (const text of ['', 'x', '0123456789ab0000', '0123456789AB0000-a', "0123456789ab0000-a'b"]) {
    expect(() => parseStamp(text)).toThrow('not in the known form');
  }
});
