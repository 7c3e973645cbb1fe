import { numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { workspaces } from './access.ts';
import { key, moment, origin, syncColumns, times, wholeRowSync } from './columns.ts';
import { opportunityStage } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';
import { contacts, opportunities } from './sales.ts';

export const opportunityParticipants = pgTable(
  'opportunity_participants',
  {
    workspaceId: uuid('workspace_id').notNull(),
    opportunityId: uuid('opportunity_id').notNull(),
    contactId: uuid('contact_id').notNull(),
    role: text('role'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({
      name: 'opportunity_participants_pkey',
      columns: [table.workspaceId, table.opportunityId, table.contactId],
    }),
    reference({
      name: 'opportunity_participants_contact_fkey',
      columns: [table.workspaceId, table.contactId],
      to: (): ReferenceColumns => [contacts.workspaceId, contacts.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'opportunity_participants_opportunity_fkey',
      columns: [table.workspaceId, table.opportunityId],
      to: (): ReferenceColumns => [opportunities.workspaceId, opportunities.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'opportunity_participants_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const opportunityStageHistory = pgTable(
  'opportunity_stage_history',
  {
    ...key,
    opportunityId: uuid('opportunity_id').notNull(),
    fromStage: opportunityStage('from_stage'),
    toStage: opportunityStage('to_stage').notNull(),
    fromPipelineStageId: uuid('from_pipeline_stage_id'),
    toPipelineStageId: uuid('to_pipeline_stage_id'),
    changedAt: moment('changed_at').notNull().defaultNow(),
    changedBy: uuid('changed_by'),
    amount: numeric('amount', { precision: 19, scale: 4 }),
    currency: text('currency'),
    ...wholeRowSync,
  },
  (table) => [
    primaryKey({ name: 'opportunity_stage_history_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'opportunity_stage_history_opportunity_fkey',
      columns: [table.workspaceId, table.opportunityId],
      to: (): ReferenceColumns => [opportunities.workspaceId, opportunities.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'opportunity_stage_history_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
