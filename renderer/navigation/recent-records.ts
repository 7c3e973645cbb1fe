import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ObjectName } from '#shared/objects/objects.ts';

export interface RecentRecord {
  object: ObjectName;
  id: string;
  title: string;
  /** What tells it from others of its name; those remembered by an earlier version have none. */
  hint?: string | null;
}

const kept = 8;

/** The records opened last on this device, newest first. */
export const useRecentRecords = create<{ records: readonly RecentRecord[] }>()(
  persist((): { records: readonly RecentRecord[] } => ({ records: [] }), { name: 'satchel-recent' }),
);

/** Call when a record's page shows. */
export function rememberRecord(record: RecentRecord): void {
  useRecentRecords.setState(({ records }) => ({
    records: [record, ...records.filter(({ id }) => id !== record.id)].slice(0, kept),
  }));
}
