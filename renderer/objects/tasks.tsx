import { ListTodo } from 'lucide-react';
import { screenObject, type Tab } from './define.ts';

/** The same wherever a record's tasks show. */
const tasksOf = {
  name: 'tasks',
  place: 4,
  columns: ['title', 'dueDate', 'status', 'priority', 'assignedToId'],
  sort: [{ field: 'dueDate', direction: 'asc' }],
  parts: [
    { name: 'open', condition: { field: 'status', operator: 'is', values: ['pending'] } },
    { name: 'done', condition: { field: 'status', operator: 'is', values: ['completed'] } },
  ],
} as const satisfies Tab;

export const tasks = screenObject({
  name: 'tasks',
  icon: ListTodo,
  shortcut: 'g k',
  isSquare: true,
  titleWidth: 280,
  widths: { status: 112, priority: 112 },
  firstFields: ['title', 'dueDate', 'priority', 'accountId', 'contactId', 'opportunityId', 'assignedToId'],
  startValues: { status: 'pending', priority: 'normal' },
  facts: ['dueDate', 'status', 'priority', 'accountId', 'contactId', 'assignedToId'],
  trashColumns: ['title', 'dueDate', 'accountId', 'assignedToId'],
  shownOn: { accountId: tasksOf, contactId: tasksOf, opportunityId: tasksOf },
});
