import { describe, expect, test } from 'vitest';
import { type ActivityDraft, emptyDraft, hasText, localTime, readDraft } from './activity-draft.ts';

const account = '0190a0a0-0000-7000-8000-000000000001';
const now = Date.UTC(2026, 2, 1, 9, 30);
const draft = (values: Partial<ActivityDraft>): ActivityDraft => ({
  ...emptyDraft('call', [{ object: 'accounts', id: account, name: 'Acme' }]),
  ...values,
});

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
        accountIds: [account],
        contactIds: [],
      },
    });
  });
  test('keeps the local time that was chosen', () => {
    const chosen = new Date(2026, 1, 3, 8, 5);
    expect(localTime(chosen)).toBe('2026-02-03T08:05');
    const read = readDraft(draft({ body: 'x', when: localTime(chosen) }), now);
    expect(read.ok && read.input.occurredAt).toBe(chosen.toISOString());
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
