import { coreObject } from '../../records/record-object.ts';

export const tasks = coreObject({
  name: 'tasks',
  folded: { title: 'name_key' },
  search: {
    subtitle: ['accountName', 'contactName', 'opportunityName'],
    details: ['dueDate'],
    matched: [],
    isExactly: null,
  },
  rules: {},
});
