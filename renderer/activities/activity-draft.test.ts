import { afterEach, describe, expect, test } from 'vitest';
import { localTimeOf, machineRegion } from '#shared/time-zones.ts';
import { setRegion, shownTimeZone } from '../format/format.ts';
import { type ActivityDraft, emptyDraft, hasText, readDraft } from './activity-draft.ts';

const account = '0190a0a0-0000-7000-8000-000000000001';
const now = Date.UTC(2026, 2, 1, 9, 30);
const draft = (values: Partial<ActivityDraft>): ActivityDraft => ({
  ...emptyDraft('call', [{ object: 'accounts', id: account, name: 'Acme' }]),
  ...values,
});

afterEach(() => setRegion(machineRegion()));

describe('a draft', () => {
  test('without text is not saved and need not be kept', () => {
    expect(hasText(draft({ body: ' \n' }))).toBe(false);
    expect(readDraft(draft({}), now)).toEqual({ ok: false, reason: 'nothing' });
  });
  test('happens now unless it says otherwise, and is linked', () => {
    const read = readDraft(draft({ subject: '  Renewal ', body: 'Agreed.' }), now);
    expect(read).toMatchObject({
      ok: true,
      input: {
        type: 'call',
        subject: 'Renewal',
        body: 'Agreed.',
        occurredAt: '2026-03-01T09:30:00.000Z',
        links: [{ object: 'accounts', id: account }],
      },
    });
  });
  test.each([
    ['America/New_York', '2026-02-03T13:05:00.000Z'],
    ['America/New_York', '2026-07-03T12:05:00.000Z'],
    ['Pacific/Auckland', '2026-02-02T19:05:00.000Z'],
    ['Asia/Kolkata', '2026-02-03T02:35:00.000Z'],
  ])('keeps the time that was chosen in %s', (timezone, chosen) => {
    setRegion({ timezone, locale: 'en-US' });
    const when = localTimeOf(chosen, shownTimeZone());
    expect(when).toMatch(/^2026-0[27]-03T08:05$/u);
    const read = readDraft(draft({ body: 'x', when }), now);
    expect(read.ok && read.input.occurredAt).toBe(chosen);
  });
  test('refuses what is no time', () => {
    expect(readDraft(draft({ body: 'x', when: 'soon' }), now)).toEqual({ ok: false, reason: 'badTime' });
  });
  test('sends only what its kind has', () => {
    const read = readDraft(
      draft({ type: 'note', body: 'x', outcome: 'y', direction: 'inbound', duration: '5' }),
      now,
    );
    expect(read.ok && [read.input.outcome, read.input.direction, read.input.durationMinutes]).toEqual([
      null,
      null,
      null,
    ]);
  });
  test('says which minutes are none', () => {
    for (const duration of ['ten', '1.5', '-1', '10001']) {
      expect(readDraft(draft({ body: 'x', duration }), now)).toEqual({ ok: false, reason: 'badMinutes' });
    }
    const read = readDraft(draft({ body: 'x', duration: ' 25 ' }), now);
    expect(read.ok && read.input.durationMinutes).toBe(25);
  });
});
