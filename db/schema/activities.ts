import { sql } from 'drizzle-orm';
import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
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
import { activityDirection, activityType } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';
import { accounts, contacts, opportunities } from './sales.ts';

export const activities = pgTable(
  'activities',
  {
    ...key,
    occurredAt: moment('occurred_at').notNull().defaultNow(),
    type: activityType('type').notNull(),
    subject: text('subject'),
    body: text('body'),
    outcome: text('outcome'),
    direction: activityDirection('direction'),
    durationMinutes: integer('duration_minutes'),
    userId: uuid('user_id'),
    metadata: jsonb('metadata').notNull().default({}),
    externalRef: text('external_ref'),
    ...customFields,
    ...contentVector,
    bodyTsv: fullText('body_tsv').generatedAlwaysAs(byDatabase),
    importBatchId: uuid('import_batch_id'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'activities_pkey', columns: [table.workspaceId, table.id, table.occurredAt] }),
    reference({
      name: 'activities_user_fkey',
      columns: [table.workspaceId, table.userId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'activities_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const activityContacts = pgTable(
  'activity_contacts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    activityId: uuid('activity_id').notNull(),
    occurredAt: moment('occurred_at').notNull(),
    contactId: uuid('contact_id').notNull(),
    _stamp: text('_stamp').default(sql`satchel.stamp()`),
    _tombstone: boolean('_tombstone').notNull().default(false),
    _seq: int8('_seq'),
  },
  (table) => [
    primaryKey({
      name: 'activity_contacts_pkey',
      columns: [table.workspaceId, table.activityId, table.contactId],
    }),
    reference({
      name: 'activity_contacts_activity_fkey',
      columns: [table.workspaceId, table.activityId, table.occurredAt],
      to: (): ReferenceColumns => [activities.workspaceId, activities.id, activities.occurredAt],
      onDelete: 'cascade',
    }),
    reference({
      name: 'activity_contacts_contact_fkey',
      columns: [table.workspaceId, table.contactId],
      to: (): ReferenceColumns => [contacts.workspaceId, contacts.id],
      onDelete: 'cascade',
    }),
  ],
);

export const activityAccounts = pgTable(
  'activity_accounts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    activityId: uuid('activity_id').notNull(),
    occurredAt: moment('occurred_at').notNull(),
    accountId: uuid('account_id').notNull(),
    _stamp: text('_stamp').default(sql`satchel.stamp()`),
    _tombstone: boolean('_tombstone').notNull().default(false),
    _seq: int8('_seq'),
  },
  (table) => [
    primaryKey({
      name: 'activity_accounts_pkey',
      columns: [table.workspaceId, table.activityId, table.accountId],
    }),
    reference({
      name: 'activity_accounts_account_fkey',
      columns: [table.workspaceId, table.accountId],
      to: (): ReferenceColumns => [accounts.workspaceId, accounts.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'activity_accounts_activity_fkey',
      columns: [table.workspaceId, table.activityId, table.occurredAt],
      to: (): ReferenceColumns => [activities.workspaceId, activities.id, activities.occurredAt],
      onDelete: 'cascade',
    }),
  ],
);

export const activityOpportunities = pgTable(
  'activity_opportunities',
  {
    workspaceId: uuid('workspace_id').notNull(),
    activityId: uuid('activity_id').notNull(),
    occurredAt: moment('occurred_at').notNull(),
    opportunityId: uuid('opportunity_id').notNull(),
    _stamp: text('_stamp').default(sql`satchel.stamp()`),
    _tombstone: boolean('_tombstone').notNull().default(false),
    _seq: int8('_seq'),
  },
  (table) => [
    primaryKey({
      name: 'activity_opportunities_pkey',
      columns: [table.workspaceId, table.activityId, table.opportunityId],
    }),
    reference({
      name: 'activity_opportunities_activity_fkey',
      columns: [table.workspaceId, table.activityId, table.occurredAt],
      to: (): ReferenceColumns => [activities.workspaceId, activities.id, activities.occurredAt],
      onDelete: 'cascade',
    }),
    reference({
      name: 'activity_opportunities_opportunity_fkey',
      columns: [table.workspaceId, table.opportunityId],
      to: (): ReferenceColumns => [opportunities.workspaceId, opportunities.id],
      onDelete: 'cascade',
    }),
  ],
);

export const activityCases = pgTable(
  'activity_cases',
  {
    workspaceId: uuid('workspace_id').notNull(),
    activityId: uuid('activity_id').notNull(),
    occurredAt: moment('occurred_at').notNull(),
    caseId: uuid('case_id').notNull(),
    _stamp: text('_stamp').default(sql`satchel.stamp()`),
    _tombstone: boolean('_tombstone').notNull().default(false),
    _seq: int8('_seq'),
  },
  (table) => [
    primaryKey({ name: 'activity_cases_pkey', columns: [table.workspaceId, table.activityId, table.caseId] }),
    reference({
      name: 'activity_cases_activity_fkey',
      columns: [table.workspaceId, table.activityId, table.occurredAt],
      to: (): ReferenceColumns => [activities.workspaceId, activities.id, activities.occurredAt],
      onDelete: 'cascade',
    }),
    reference({
      name: 'activity_cases_case_fkey',
      columns: [table.workspaceId, table.caseId],
      to: (): ReferenceColumns => [cases.workspaceId, cases.id],
      onDelete: 'cascade',
    }),
  ],
);
