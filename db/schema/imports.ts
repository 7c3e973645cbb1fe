import { sql } from 'drizzle-orm';
import { integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { users, workspaces } from './access.ts';
import { key, moment, times } from './columns.ts';
import { importStatus } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';

export const importBatches = pgTable(
  'import_batches',
  {
    ...key,
    userId: uuid('user_id').default(sql`satchel.user_id()`),
    fileNames: text('file_names').array().notNull().default([]),
    objects: text('objects').array().notNull().default([]),
    status: importStatus('status').notNull().default('pending'),
    mapping: jsonb('mapping').notNull().default({}),
    options: jsonb('options').notNull().default({}),
    counts: jsonb('counts').notNull().default({}),
    rowsTotal: integer('rows_total').notNull().default(0),
    createdCount: integer('created_count').notNull().default(0),
    updatedCount: integer('updated_count').notNull().default(0),
    skippedCount: integer('skipped_count').notNull().default(0),
    failedCount: integer('failed_count').notNull().default(0),
    errorFile: text('error_file'),
    errorMessage: jsonb('error_message'),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
    revertedAt: moment('reverted_at'),
    ...times,
  },
  (table) => [
    primaryKey({ name: 'import_batches_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'import_batches_user_fkey',
      columns: [table.workspaceId, table.userId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'import_batches_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const importMappings = pgTable(
  'import_mappings',
  {
    ...key,
    signature: text('signature').notNull(),
    object: text('object').notNull(),
    mapping: jsonb('mapping').notNull(),
    lastUsedAt: moment('last_used_at').notNull().defaultNow(),
    ...times,
  },
  (table) => [
    primaryKey({ name: 'import_mappings_pkey', columns: [table.workspaceId, table.id] }),
    unique('import_mappings_signature_key').on(table.workspaceId, table.signature, table.object),
    reference({
      name: 'import_mappings_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

/** Only on a laptop: which record an id of another system stands for. */
export const importReferences = pgTable(
  'import_references',
  {
    workspaceId: uuid('workspace_id').notNull(),
    system: text('system').notNull(),
    object: text('object').notNull(),
    sourceId: text('source_id').notNull(),
    recordId: uuid('record_id').notNull(),
    importBatchId: uuid('import_batch_id'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({
      name: 'import_references_pkey',
      columns: [table.workspaceId, table.system, table.object, table.sourceId],
    }),
    reference({
      name: 'import_references_batch_fkey',
      columns: [table.workspaceId, table.importBatchId],
      to: (): ReferenceColumns => [importBatches.workspaceId, importBatches.id],
    }),
    reference({
      name: 'import_references_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

/** Only on a laptop: records of which an import knew just the name, and which import brought the rest. */
export const importStubs = pgTable(
  'import_stubs',
  {
    workspaceId: uuid('workspace_id').notNull(),
    recordId: uuid('record_id').notNull(),
    object: text('object').notNull(),
    importBatchId: uuid('import_batch_id').notNull(),
    completedBy: uuid('completed_by'),
  },
  (table) => [
    primaryKey({ name: 'import_stubs_pkey', columns: [table.workspaceId, table.recordId] }),
    reference({
      name: 'import_stubs_batch_fkey',
      columns: [table.workspaceId, table.importBatchId],
      to: (): ReferenceColumns => [importBatches.workspaceId, importBatches.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'import_stubs_completed_by_fkey',
      columns: [table.workspaceId, table.completedBy],
      to: (): ReferenceColumns => [importBatches.workspaceId, importBatches.id],
    }),
    reference({
      name: 'import_stubs_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
