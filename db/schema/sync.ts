import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { workspaces } from './access.ts';
import { int8, key, moment } from './columns.ts';
import { syncOperation } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';

export const syncState = pgTable(
  'sync_state',
  {
    workspaceId: uuid('workspace_id').notNull(),
    clientId: uuid('client_id').notNull(),
    node: text('node').notNull(),
    capturing: boolean('capturing').notNull().default(false),
    clockHigh: text('clock_high'),
    cursorSeq: int8('cursor_seq').notNull().default(0n),
    cursorToken: text('cursor_token'),
    pushedHigh: int8('pushed_high').notNull().default(0n),
    schemaVersion: integer('schema_version').notNull().default(1),
    historyMonths: integer('history_months'),
    lastPulledAt: moment('last_pulled_at'),
    lastPushedAt: moment('last_pushed_at'),
    lastError: text('last_error'),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'sync_state_pkey', columns: [table.workspaceId] }),
    reference({
      name: 'sync_state_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const syncOutbox = pgTable(
  'sync_outbox',
  {
    workspaceId: uuid('workspace_id').notNull(),
    position: bigint('position', { mode: 'bigint' }).notNull().generatedAlwaysAsIdentity(),
    changeSetId: uuid('change_set_id').notNull(),
    object: text('object').notNull(),
    recordKey: jsonb('record_key').notNull(),
    operation: syncOperation('operation').notNull(),
    fieldGroups: text('field_groups').array(),
    stamp: text('stamp'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'sync_outbox_pkey', columns: [table.workspaceId, table.position] }),
    reference({
      name: 'sync_outbox_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const syncParked = pgTable(
  'sync_parked',
  {
    ...key,
    object: text('object').notNull(),
    recordKey: jsonb('record_key').notNull(),
    payload: jsonb('payload').notNull(),
    schemaVersion: integer('schema_version').notNull(),
    parkedAt: moment('parked_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'sync_parked_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'sync_parked_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const syncConflicts = pgTable(
  'sync_conflicts',
  {
    ...key,
    object: text('object').notNull(),
    recordId: uuid('record_id').notNull(),
    fieldGroup: text('field_group').notNull(),
    keptValue: jsonb('kept_value'),
    lostValue: jsonb('lost_value'),
    keptStamp: text('kept_stamp'),
    lostStamp: text('lost_stamp'),
    keptUserId: uuid('kept_user_id'),
    lostUserId: uuid('lost_user_id'),
    createdAt: moment('created_at').notNull().defaultNow(),
    resolvedAt: moment('resolved_at'),
  },
  (table) => [
    primaryKey({ name: 'sync_conflicts_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'sync_conflicts_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const syncQuarantine = pgTable(
  'sync_quarantine',
  {
    ...key,
    object: text('object').notNull(),
    recordKey: jsonb('record_key').notNull(),
    payload: jsonb('payload').notNull(),
    reason: text('reason').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    resolvedAt: moment('resolved_at'),
  },
  (table) => [
    primaryKey({ name: 'sync_quarantine_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'sync_quarantine_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
