import type { ActivityInput } from '#shared/contract/timeline.ts';
import type { ActivityType } from '#shared/enums.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { momentOf } from '#shared/time-zones.ts';
import { shownTimeZone } from '../format/format.ts';

/** An activity as it is being written: what stands in the boxes. */
export interface ActivityDraft {
  readonly type: ActivityType;
  readonly subject: string;
  readonly body: string;
  readonly outcome: string;
  readonly direction: 'inbound' | 'outbound' | null;
  /** Minutes as typed. */
  readonly duration: string;
  /** In the workspace's time zone, as `2026-03-01T09:30`; empty means the moment of saving. */
  readonly when: string;
  readonly links: readonly DraftLink[];
}

/** A record that the activity is to be linked to. */
export interface DraftLink {
  readonly object: ObjectName;
  readonly id: string;
  readonly name: string;
}

export function emptyDraft(type: ActivityType, links: readonly DraftLink[]): ActivityDraft {
  return { type, subject: '', body: '', outcome: '', direction: null, duration: '', when: '', links };
}

/** Whether there is anything that must not be lost. */
export function hasText({ subject, body, outcome }: ActivityDraft): boolean {
  return `${subject}${body}${outcome}`.trim() !== '';
}

/** Which boxes a kind of activity has. */
export function boxesOf(type: ActivityType): { duration: boolean; direction: boolean; outcome: boolean } {
  return {
    duration: type === 'call' || type === 'meeting',
    direction: type === 'call' || type === 'email',
    outcome: type === 'call' || type === 'meeting' || type === 'task_completed',
  };
}

/** What to send, or the text key below `composer` of what is wrong. */
export type ReadDraft = { ok: true; input: ActivityInput } | { ok: false; reason: string };

/** @param now milliseconds since the epoch: when it happened, unless the draft says otherwise */
export function readDraft(draft: ActivityDraft, now: number): ReadDraft {
  if (!hasText(draft)) return { ok: false, reason: 'nothing' };
  const at = draft.when === '' ? now : momentOf(draft.when, shownTimeZone());
  if (Number.isNaN(at)) return { ok: false, reason: 'badTime' };
  const boxes = boxesOf(draft.type);
  const minutes = boxes.duration && draft.duration.trim() !== '' ? Number(draft.duration.trim()) : null;
  if (minutes !== null && (!Number.isInteger(minutes) || minutes < 0 || minutes > 10_000)) {
    return { ok: false, reason: 'badMinutes' };
  }
  return {
    ok: true,
    input: {
      type: draft.type,
      subject: lineOrNull(draft.subject),
      body: draft.body.trim() === '' ? null : draft.body.trim(),
      outcome: boxes.outcome ? lineOrNull(draft.outcome) : null,
      direction: boxes.direction ? draft.direction : null,
      durationMinutes: minutes,
      occurredAt: new Date(at).toISOString(),
      links: draft.links.map(({ object, id }) => ({ object, id })),
    },
  };
}

function lineOrNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}
