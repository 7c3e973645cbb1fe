import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ActivityDraft } from './activity-draft.ts';

/** Drafts kept on this device; the oldest go when there are more. */
const keptDrafts = 50;

interface Drafts {
  /** By record, in the order in which they were last written. */
  drafts: Readonly<Record<string, ActivityDraft>>;
}

/** What was written and not saved yet, so that nothing typed is lost: not by leaving the page, not by a restart. */
export const useDrafts = create<Drafts>()(
  persist((): Drafts => ({ drafts: {} }), { name: 'satchel-drafts' }),
);

export function keepDraft(recordId: string, draft: ActivityDraft): void {
  useDrafts.setState(({ drafts }) => {
    const { [recordId]: _replaced, ...others } = drafts;
    const entries = Object.entries(others).slice(-(keptDrafts - 1));
    return { drafts: { ...Object.fromEntries(entries), [recordId]: draft } };
  });
}

export function dropDraft(recordId: string): void {
  useDrafts.setState(({ drafts }) => {
    const { [recordId]: _dropped, ...others } = drafts;
    return { drafts: others };
  });
}
