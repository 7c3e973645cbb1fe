import { boolean, integer, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { workspaces } from './access.ts';
import { key, origin, syncColumns, times } from './columns.ts';
import { opportunityStage } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';

export const pipelines = pgTable(
  'pipelines',
  {
    ...key,
    name: text('name').notNull(),
    position: integer('position').notNull().default(0),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'pipelines_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'pipelines_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const pipelineStages = pgTable(
  'pipeline_stages',
  {
    ...key,
    pipelineId: uuid('pipeline_id').notNull(),
    kind: opportunityStage('kind').notNull(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    isHidden: boolean('is_hidden').notNull().default(false),
    probability: numeric('probability', { precision: 5, scale: 4 }).notNull(),
    quietAfterDays: integer('quiet_after_days'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'pipeline_stages_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'pipeline_stages_pipeline_fkey',
      columns: [table.workspaceId, table.pipelineId],
      to: (): ReferenceColumns => [pipelines.workspaceId, pipelines.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'pipeline_stages_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
