import type { AccountCast } from './cast.ts';
import type { Chance } from './chance.ts';
import { day, type Utterance } from './conversation.ts';
import type { RowCollector } from './rows.ts';
import type { Rep } from './staff.ts';

export interface ActivityContext {
  readonly account: AccountCast;
  readonly rep: Rep;
  readonly dealId: string | null;
  readonly now: number;
  /** Counts cases through the whole workspace. */
  readonly nextCaseNumber: () => number;
}

/** Writes what was said with its links; complaints open a case, and some notes are kept as a pinned note too. */
export function addActivities(
  chance: Chance,
  rows: RowCollector,
  utterances: readonly Utterance[],
  context: ActivityContext,
): void {
  let caseId: string | null = null;
  for (const [index, utterance] of utterances.entries()) {
    const activityId = chance.idAt(utterance.occurredAt);
    const occurred = new Date(utterance.occurredAt).toISOString();
    rows.add('activities', {
      id: activityId,
      occurred_at: occurred,
      type: utterance.type,
      subject: utterance.subject,
      body: utterance.body,
      outcome: utterance.outcome,
      direction: utterance.direction,
      duration_minutes: utterance.durationMinutes,
      user_id: context.rep.id,
      created_at: occurred,
      updated_at: occurred,
    });
    const link = { activity_id: activityId, occurred_at: occurred };
    if (context.account.id !== null)
      rows.add('activity_accounts', { ...link, account_id: context.account.id });
    rows.add('activity_contacts', { ...link, contact_id: utterance.contact.id });
    if (utterance.colleague) rows.add('activity_contacts', { ...link, contact_id: utterance.colleague.id });
    if (context.dealId !== null)
      rows.add('activity_opportunities', { ...link, opportunity_id: context.dealId });

    if (utterance.topic !== 'complaint') caseId = null;
    else caseId ??= addCase(chance, rows, utterances.slice(index), context);
    if (caseId !== null) rows.add('activity_cases', { ...link, case_id: caseId });
    if (utterance.type === 'note' && chance.happens(0.15)) addNote(chance, rows, utterance, context);
  }
}

/** The case that a complaint opened; `thread` begins with the complaint. */
function addCase(
  chance: Chance,
  rows: RowCollector,
  thread: readonly Utterance[],
  context: ActivityContext,
): string | null {
  const complaint = thread[0];
  if (!complaint) return null;
  const turns = thread.filter((utterance) => utterance.topic === 'complaint');
  const last = turns.at(-1) ?? complaint;
  const isAnswered = last.direction === 'outbound' || turns.length > 3;
  const isOld = context.now - complaint.occurredAt > 60 * day;
  const status = isAnswered ? (isOld ? 'closed' : 'resolved') : isOld ? 'pending' : 'open';
  const isDone = status === 'closed' || status === 'resolved';
  const id = chance.idAt(complaint.occurredAt);
  rows.add('cases', {
    id,
    case_number: `C-${String(context.nextCaseNumber()).padStart(5, '0')}`,
    subject: complaint.subject,
    description: complaint.body,
    status,
    priority: chance.pick(['normal', 'high', 'high', 'urgent']),
    contact_id: complaint.contact.id,
    account_id: context.account.id,
    owner_id: context.rep.id,
    resolution: isDone ? last.body : null,
    resolved_at: isDone ? new Date(last.occurredAt).toISOString() : null,
    created_at: new Date(complaint.occurredAt).toISOString(),
    updated_at: new Date(last.occurredAt).toISOString(),
  });
  return id;
}

function addNote(chance: Chance, rows: RowCollector, utterance: Utterance, context: ActivityContext): void {
  const moment = new Date(utterance.occurredAt).toISOString();
  rows.add('notes', {
    id: chance.idAt(utterance.occurredAt),
    contact_id: utterance.contact.id,
    account_id: context.account.id,
    opportunity_id: context.dealId,
    user_id: context.rep.id,
    content: utterance.body,
    pinned: chance.happens(0.2),
    created_at: moment,
    updated_at: moment,
  });
}
