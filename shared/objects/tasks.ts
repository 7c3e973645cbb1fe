import { taskPrioritySet, taskStatusSet } from '../enums.ts';
import { ask } from '../message.ts';
import { defineObject } from './define.ts';
import { date, longText, moment, reference, select, title } from './field.ts';
import { systemFields } from './parts.ts';

/** What somebody is to do, about a record or by itself. */
export const tasks = defineObject({
  name: 'tasks',
  singular: 'task',
  fields: {
    title: title(ask`Give the task a title.`, { section: 'main', isSortable: true, isDefaultColumn: true }),
    dueDate: date({ section: 'main', isSortable: true, isDefaultColumn: true }),
    status: select(taskStatusSet, { section: 'main', isNeverNull: true, isDefaultColumn: true }),
    priority: select(taskPrioritySet, { section: 'main', isNeverNull: true, isDefaultColumn: true }),
    accountId: reference('accounts', { section: 'main', isDefaultColumn: true }),
    contactId: reference('contacts', { section: 'main', isDefaultColumn: true }),
    opportunityId: reference('opportunities', { section: 'main' }),
    assignedToId: reference('users', { section: 'main', isDefaultColumn: true }),
    description: longText({ section: 'about' }),
    completedAt: moment({ section: 'system', isReadOnly: true }),
    ...systemFields,
  },
  access: 'about',
  title: 'title',
  owner: 'assignedToId',
  searched: ['title'],
  tellsApart: ['dueDate', 'accountName', 'contactName'],
  importing: { extra: ['sourceId'] },
});
