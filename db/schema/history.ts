import { bigint, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Message } from '#shared/message.ts';
import { users, workspaces } from './access.ts';
import { int8, key, moment, wholeRowSync } from './columns.ts';
import { changeOperation, changeSource } from './enums.ts';
import { importBatches } from './imports.ts';
import { type ReferenceColumns, reference } from './reference.ts';

export const changeSets = pgTable(
  'change_sets',
  {
    ...key,
    userId: uuid('user_id'),
    source: changeSource('source').notNull().default('person'),
    label: jsonb('label').$type<Message>(),
    importBatchId: uuid('import_batch_id'),
    createdAt: moment('created_at').notNull().defaultNow(),
    undoes: uuid('undoes'),
    undoneBy: uuid('undone_by'),
    ...wholeRowSync,
  },
  (table) => [
    primaryKey({ name: 'change_sets_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'change_sets_import_batch_fkey',
      columns: [table.workspaceId, table.importBatchId],
      to: (): ReferenceColumns => [importBatches.workspaceId, importBatches.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'change_sets_undoes_fkey',
      columns: [table.workspaceId, table.undoes],
      to: (): ReferenceColumns => [changeSets.workspaceId, changeSets.id],
    }),
    reference({
      name: 'change_sets_undone_by_fkey',
      columns: [table.workspaceId, table.undoneBy],
      to: (): ReferenceColumns => [changeSets.workspaceId, changeSets.id],
    }),
    reference({
      name: 'change_sets_user_fkey',
      columns: [table.workspaceId, table.userId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'change_sets_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const fieldHistory = pgTable(
  'field_history',
  {
    workspaceId: uuid('workspace_id').notNull(),
    changeSetId: uuid('change_set_id').notNull(),
    seq: bigint('seq', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
    object: text('object').notNull(),
    recordId: uuid('record_id').notNull(),
    operation: changeOperation('operation').notNull(),
    field: text('field'),
    oldValue: jsonb('old_value'),
    newValue: jsonb('new_value'),
    changedAt: moment('changed_at').notNull().defaultNow(),
    userId: uuid('user_id'),
    source: changeSource('source').notNull(),
  },
  (table) => [
    primaryKey({ name: 'field_history_pkey', columns: [table.workspaceId, table.changeSetId, table.seq] }),
  ],
);

export const undoConflicts = pgTable(
  'undo_conflicts',
  {
    workspaceId: uuid('workspace_id').notNull(),
    changeSetId: uuid('change_set_id').notNull(),
    seq: int8('seq').notNull(),
    object: text('object').notNull(),
    recordId: uuid('record_id').notNull(),
    field: text('field'),
    reason: text('reason').notNull(),
    currentValue: jsonb('current_value'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'undo_conflicts_pkey', columns: [table.workspaceId, table.changeSetId, table.seq] }),
    reference({
      name: 'undo_conflicts_change_set_fkey',
      columns: [table.workspaceId, table.changeSetId],
      to: (): ReferenceColumns => [changeSets.workspaceId, changeSets.id],
      onDelete: 'cascade',
    }),
  ],
);
