import { sql } from 'drizzle-orm';
import { boolean, date, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { users, workspaces } from './access.ts';
import { cases } from './cases.ts';
import {
  byDatabase,
  contentVector,
  customFields,
  fullText,
  int8,
  key,
  moment,
  origin,
  syncColumns,
  times,
} from './columns.ts';
import { taskPriority, taskStatus } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';
import { accounts, contacts, opportunities } from './sales.ts';

export const notes = pgTable(
  'notes',
  {
    ...key,
    contactId: uuid('contact_id'),
    accountId: uuid('account_id'),
    opportunityId: uuid('opportunity_id'),
    caseId: uuid('case_id'),
    userId: uuid('user_id').default(sql`satchel.user_id()`),
    content: text('content').notNull(),
    pinned: boolean('pinned').notNull().default(false),
    title: text('title').generatedAlwaysAs(byDatabase),
    ...customFields,
    ...contentVector,
    nameKey: text('name_key').generatedAlwaysAs(byDatabase),
    searchText: text('search_text').generatedAlwaysAs(byDatabase),
    contentTsv: fullText('content_tsv').generatedAlwaysAs(byDatabase),
    importBatchId: uuid('import_batch_id'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'notes_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'notes_account_fkey',
      columns: [table.workspaceId, table.accountId],
      to: (): ReferenceColumns => [accounts.workspaceId, accounts.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'notes_case_fkey',
      columns: [table.workspaceId, table.caseId],
      to: (): ReferenceColumns => [cases.workspaceId, cases.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'notes_contact_fkey',
      columns: [table.workspaceId, table.contactId],
      to: (): ReferenceColumns => [contacts.workspaceId, contacts.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'notes_opportunity_fkey',
      columns: [table.workspaceId, table.opportunityId],
      to: (): ReferenceColumns => [opportunities.workspaceId, opportunities.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'notes_user_fkey',
      columns: [table.workspaceId, table.userId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'notes_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const tasks = pgTable(
  'tasks',
  {
    ...key,
    title: text('title').notNull(),
    description: text('description'),
    dueDate: date('due_date', { mode: 'string' }),
    dueAt: moment('due_at'),
    remindAt: moment('remind_at'),
    status: taskStatus('status').notNull().default('pending'),
    priority: taskPriority('priority').notNull().default('normal'),
    assignedToId: uuid('assigned_to_id'),
    contactId: uuid('contact_id'),
    accountId: uuid('account_id'),
    opportunityId: uuid('opportunity_id'),
    caseId: uuid('case_id'),
    completedAt: moment('completed_at'),
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
    primaryKey({ name: 'tasks_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'tasks_account_fkey',
      columns: [table.workspaceId, table.accountId],
      to: (): ReferenceColumns => [accounts.workspaceId, accounts.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'tasks_assigned_to_fkey',
      columns: [table.workspaceId, table.assignedToId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'tasks_case_fkey',
      columns: [table.workspaceId, table.caseId],
      to: (): ReferenceColumns => [cases.workspaceId, cases.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'tasks_contact_fkey',
      columns: [table.workspaceId, table.contactId],
      to: (): ReferenceColumns => [contacts.workspaceId, contacts.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'tasks_opportunity_fkey',
      columns: [table.workspaceId, table.opportunityId],
      to: (): ReferenceColumns => [opportunities.workspaceId, opportunities.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'tasks_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const attachments = pgTable(
  'attachments',
  {
    ...key,
    contentHash: text('content_hash').notNull(),
    sizeBytes: int8('size_bytes').notNull(),
    mimeType: text('mime_type'),
    isPresent: boolean('is_present').notNull().default(true),
    uploadedAt: moment('uploaded_at'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'attachments_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'attachments_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const documents = pgTable(
  'documents',
  {
    ...key,
    fileName: text('file_name').notNull(),
    filePath: text('file_path').notNull(),
    mimeType: text('mime_type'),
    fileSizeBytes: int8('file_size_bytes'),
    attachmentId: uuid('attachment_id'),
    uploadedById: uuid('uploaded_by_id').default(sql`satchel.user_id()`),
    contactId: uuid('contact_id'),
    accountId: uuid('account_id'),
    opportunityId: uuid('opportunity_id'),
    caseId: uuid('case_id'),
    activityId: uuid('activity_id'),
    textContent: text('text_content'),
    ...contentVector,
    ...customFields,
    nameKey: text('name_key').generatedAlwaysAs(byDatabase),
    searchText: text('search_text').generatedAlwaysAs(byDatabase),
    contentTsv: fullText('content_tsv').generatedAlwaysAs(byDatabase),
    importBatchId: uuid('import_batch_id'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'documents_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'documents_account_fkey',
      columns: [table.workspaceId, table.accountId],
      to: (): ReferenceColumns => [accounts.workspaceId, accounts.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'documents_attachment_fkey',
      columns: [table.workspaceId, table.attachmentId],
      to: (): ReferenceColumns => [attachments.workspaceId, attachments.id],
    }),
    reference({
      name: 'documents_case_fkey',
      columns: [table.workspaceId, table.caseId],
      to: (): ReferenceColumns => [cases.workspaceId, cases.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'documents_contact_fkey',
      columns: [table.workspaceId, table.contactId],
      to: (): ReferenceColumns => [contacts.workspaceId, contacts.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'documents_opportunity_fkey',
      columns: [table.workspaceId, table.opportunityId],
      to: (): ReferenceColumns => [opportunities.workspaceId, opportunities.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'documents_uploaded_by_fkey',
      columns: [table.workspaceId, table.uploadedById],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'documents_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
