import { taskPrioritySet, taskStatusSet } from '#shared/enums.ts';
import { say } from '#shared/message.ts';
import { isGiven } from '../../data/given.ts';
import { byName, contradict, importModule } from '../import-module.ts';
import { wordChoices } from '../word-choices.ts';

const statuses = wordChoices(taskStatusSet, {
  pending: [
    'open',
    'not started',
    'in progress',
    'waiting',
    'deferred',
    'to do',
    'todo',
    'offen',
    'no',
    'false',
  ],
  completed: ['done', 'complete', 'closed', 'finished', 'erledigt', 'yes', 'true', 'hecho', 'completada'],
});
const priorities = wordChoices(taskPrioritySet, {
  low: ['niedrig', 'baja', 'minor'],
  normal: ['medium', 'none', 'mittel', 'media'],
  high: ['urgent', 'highest', 'hoch', 'alta', 'major'],
});

export const tasks = importModule({
  name: 'tasks',
  headers: {
    sourceId: ['task id', 'activity id', 'record id', 'id'],
    title: [
      'task',
      'task title',
      'task name',
      'subject',
      'title',
      'to do',
      'aufgabe',
      'tarea',
      'betreff',
      'asunto',
    ],
    dueDate: ['due date', 'due', 'deadline', 'task due date', 'faellig', 'fallig', 'fecha de vencimiento'],
    status: ['task status', 'status', 'done', 'is done', 'estado'],
    priority: ['priority', 'task priority', 'prioritat', 'prioridad'],
    accountId: [
      'associated company',
      'company',
      'account',
      'account name',
      'organization',
      'related to',
      'empresa',
    ],
    contactId: ['associated contact', 'contact', 'contact name', 'contact person', 'name', 'contacto'],
    opportunityId: ['associated deal', 'deal', 'opportunity', 'opportunity name', 'deal title'],
    assignedToId: ['assigned to', 'assigned to user', 'task owner', 'owner', 'assignee', 'propietario'],
    description: ['notes', 'task notes', 'comments', 'description', 'note', 'notas', 'notizen'],
  },
  hints: [
    'task title',
    'task name',
    'task status',
    'task due date',
    'due date',
    'assigned to',
    'deadline',
    'subject',
  ],
  fileName: /(tasks?|to-?dos?|aufgaben|tareas)/i,
  needs: [['title'], ['dueDate', 'status', 'assignedToId', 'priority']],
  namedBy: ['title'],
  wholeName: 'title',
  // Tasks are called alike again and again: nearly the same name says nothing.
  hasNearNames: false,
  toTellApart: say`an id, a due date or a contact`,
  defaults: { status: 'pending', priority: 'normal' },
  matchKeys: [byName],
  choices: () => ({ status: statuses, priority: priorities }),
  complete: (values) => (isGiven(values.title) ? null : say`The row names no task.`),
  differ: (row, record) =>
    (['dueDate', 'accountId', 'contactId', 'opportunityId'] as const).some(
      (key) => (row[key] ?? null) !== (record[key] ?? null),
    ) || contradict(row.assignedToId, record.assignedToId),
  stub: (title) => ({ title }),
});
