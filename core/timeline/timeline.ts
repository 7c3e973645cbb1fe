import { z } from 'zod';
import type { Identity, Tx } from '#db/engine/types.ts';
import { type TimelineEntry, type TimelineKind, timelineKinds } from '#shared/contract/timeline.ts';
import { type ActivityType, activityTypes } from '#shared/enums.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { linkedObjects, type ObjectName } from '#shared/objects/objects.ts';
import { recordObjects } from '../objects/catalogue.ts';
import { parseJson } from '../records/cursor.ts';
import { recordById } from '../records/read.ts';
import { activitiesOf } from './activity-page.ts';
import type { ActivityKey } from './activity-rows.ts';
import { shownChanges } from './change-fields.ts';
import { changesOf } from './change-page.ts';

export interface TimelineRequest {
  readonly object: ObjectName;
  readonly id: string;
  readonly kinds?: readonly TimelineKind[] | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Where the next page begins in each of the two streams that a timeline is merged from. */
interface Position {
  readonly activity: ActivityKey | null;
  readonly change: bigint | null;
}

interface PlacedEntry {
  readonly entry: TimelineEntry;
  /** The position just below this entry. */
  readonly below: Partial<Position>;
}

/**
 * A record's timeline, newest first: its activities, and its changes by field.
 * @throws SatchelError `not_found`; `invalid` for a cursor that is not one of ours
 */
export async function recordTimeline(
  tx: Tx,
  identity: Identity,
  request: TimelineRequest,
): Promise<{ entries: TimelineEntry[]; nextCursor: string | null }> {
  const record = { object: request.object, id: request.id.toLowerCase() };
  await recordById(tx, recordObjects[request.object], identity, record.id);
  const kinds = request.kinds?.length ? request.kinds : timelineKinds;
  const start =
    request.cursor === undefined ? { activity: null, change: null } : decode(record, request.cursor);
  // One more than a page of each: the page is full of one kind at most, and a rest means there is a next page.
  const placed = [
    ...(await placedActivities(tx, identity, record, kinds, start.activity, request.limit + 1)),
    ...(kinds.includes('change')
      ? await placedChanges(tx, identity, record, start.change, request.limit + 1)
      : []),
  ].sort((one, other) => compareTimes(other.entry.at, one.entry.at));
  const page = placed.slice(0, request.limit);
  const end = page.reduce<Position>((position, { below }) => ({ ...position, ...below }), start);
  return {
    entries: page.map(({ entry }) => entry),
    nextCursor: placed.length > request.limit ? encode(record, end) : null,
  };
}

async function placedActivities(
  tx: Tx,
  identity: Identity,
  record: { readonly object: ObjectName; readonly id: string },
  kinds: readonly TimelineKind[],
  after: ActivityKey | null,
  limit: number,
): Promise<PlacedEntry[]> {
  const types: readonly ActivityType[] = activityTypes.filter((type) => kinds.includes(type));
  if (types.length === 0 || !linkedObjects.includes(record.object)) return [];
  const activities = await activitiesOf(tx, identity, record, { types, after, limit });
  return activities.map((activity) => ({
    entry: { kind: 'activity', at: activity.occurredAt, activity },
    below: { activity: { id: activity.id, occurredAt: activity.occurredAt } },
  }));
}

async function placedChanges(
  tx: Tx,
  identity: Identity,
  record: { readonly object: ObjectName; readonly id: string },
  below: bigint | null,
  limit: number,
): Promise<PlacedEntry[]> {
  const placed: PlacedEntry[] = [];
  let from = below;
  for (;;) {
    const groups = await changesOf(tx, identity, record, { below: from, limit });
    const changes = await shownChanges(tx, identity, record.object, groups);
    placed.push(...changes.map(({ entry, lastSeq }) => ({ entry, below: { change: lastSeq } })));
    from = groups.at(-1)?.lastSeq ?? null;
    // Groups with nothing to show were left out: there may be more below.
    if (groups.length < limit || placed.length >= limit) return placed.slice(0, limit);
  }
}

/** The engine writes all timestamps alike (UTC, six digits), so that their texts compare as they do. */
function compareTimes(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const cursorSchema = z.tuple([
  z.literal(1),
  z.string(),
  z.tuple([z.guid(), z.iso.datetime({ offset: true })]).nullable(),
  z
    .string()
    .regex(/^\d{1,19}$/)
    .nullable(),
]);

function encode(record: { readonly object: ObjectName; readonly id: string }, position: Position): string {
  const { activity, change } = position;
  const parts: z.input<typeof cursorSchema> = [
    1,
    `${record.object} ${record.id}`,
    activity && [activity.id, activity.occurredAt],
    change === null ? null : change.toString(),
  ];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

function decode(record: { readonly object: ObjectName; readonly id: string }, cursor: string): Position {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[1] !== `${record.object} ${record.id}`) {
    throw new SatchelError('invalid', say`This place in the timeline is not known any more. Load it again.`, {
      details: { field: 'cursor' },
    });
  }
  const [, , activity, change] = parsed.data;
  return {
    activity: activity && { id: activity[0], occurredAt: activity[1] },
    change: change === null ? null : BigInt(change),
  };
}
