import { CheckSquare, History, type LucideIcon, Mail, Phone, StickyNote, UsersRound } from 'lucide-react';
import type { TimelineKind } from '#shared/contract/timeline.ts';

export const kindIcons: Record<TimelineKind, LucideIcon> = {
  call: Phone,
  email: Mail,
  meeting: UsersRound,
  note: StickyNote,
  task_completed: CheckSquare,
  change: History,
};
