import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { users, workspaces } from './access.ts';
import { byDatabase, customFields, fullText, key, moment, origin, syncColumns, times } from './columns.ts';
import { casePriority, caseStatus } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';
import { accounts, contacts } from './sales.ts';

export const cases = pgTable(
  'cases',
  {
    ...key,
    caseNumber: text('case_number').notNull(),
    subject: text('subject').notNull(),
    description: text('description'),
    status: caseStatus('status').notNull().default('new'),
    priority: casePriority('priority').notNull().default('normal'),
    contactId: uuid('contact_id'),
    accountId: uuid('account_id'),
    ownerId: uuid('owner_id'),
    resolution: text('resolution'),
    resolvedAt: moment('resolved_at'),
    ...customFields,
    nameKey: text('name_key').generatedAlwaysAs(byDatabase),
    searchText: text('search_text').generatedAlwaysAs(byDatabase),
    searchTsv: fullText('search_tsv').generatedAlwaysAs(byDatabase),
    importBatchId: uuid('import_batch_id'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'cases_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'cases_account_fkey',
      columns: [table.workspaceId, table.accountId],
      to: (): ReferenceColumns => [accounts.workspaceId, accounts.id],
    }),
    reference({
      name: 'cases_contact_fkey',
      columns: [table.workspaceId, table.contactId],
      to: (): ReferenceColumns => [contacts.workspaceId, contacts.id],
    }),
    reference({
      name: 'cases_owner_fkey',
      columns: [table.workspaceId, table.ownerId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'cases_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
