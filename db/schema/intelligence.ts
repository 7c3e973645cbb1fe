import { sql } from 'drizzle-orm';
import {
  boolean,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { users, workspaces } from './access.ts';
import { contentVector, int8, key, moment, times } from './columns.ts';
import { duplicateStatus, embeddingLevel, queueStatus } from './enums.ts';
import { changeSets } from './history.ts';
import { type ReferenceColumns, reference } from './reference.ts';

export const embeddingSpaces = pgTable(
  'embedding_spaces',
  {
    workspaceId: uuid('workspace_id').notNull(),
    model: text('model').notNull(),
    dimensions: integer('dimensions').notNull().default(1024),
    isCurrent: boolean('is_current').notNull().default(false),
    statistics: jsonb('statistics').notNull().default({}),
    ...times,
  },
  (table) => [
    primaryKey({ name: 'embedding_spaces_pkey', columns: [table.workspaceId, table.model] }),
    reference({
      name: 'embedding_spaces_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const embeddingQueue = pgTable(
  'embedding_queue',
  {
    workspaceId: uuid('workspace_id').notNull(),
    object: text('object').notNull(),
    recordId: uuid('record_id').notNull(),
    level: embeddingLevel('level').notNull(),
    occurredAt: moment('occurred_at'),
    contentHash: text('content_hash'),
    priority: integer('priority').notNull().default(100),
    status: queueStatus('status').notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    notBefore: moment('not_before').notNull().defaultNow(),
    ...times,
  },
  (table) => [
    primaryKey({
      name: 'embedding_queue_pkey',
      columns: [table.workspaceId, table.object, table.recordId, table.level],
    }),
    reference({
      name: 'embedding_queue_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const passages = pgTable(
  'passages',
  {
    ...key,
    object: text('object').notNull(),
    recordId: uuid('record_id').notNull(),
    occurredAt: moment('occurred_at'),
    position: integer('position').notNull(),
    startOffset: integer('start_offset').notNull(),
    content: text('content').notNull(),
    ...contentVector,
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ name: 'passages_pkey', columns: [table.workspaceId, table.id] }),
    unique('passages_position_key').on(table.workspaceId, table.recordId, table.position),
    reference({
      name: 'passages_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const summaries = pgTable(
  'summaries',
  {
    ...key,
    object: text('object').notNull(),
    recordId: uuid('record_id').notNull(),
    content: text('content').notNull(),
    method: text('method').notNull(),
    sources: jsonb('sources').notNull().default([]),
    contentHash: text('content_hash').notNull(),
    coversUntil: moment('covers_until'),
    ...times,
  },
  (table) => [
    primaryKey({ name: 'summaries_pkey', columns: [table.workspaceId, table.id] }),
    unique('summaries_record_key').on(table.workspaceId, table.object, table.recordId),
    reference({
      name: 'summaries_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const duplicateCandidates = pgTable(
  'duplicate_candidates',
  {
    ...key,
    object: text('object').notNull(),
    recordA: uuid('record_a').notNull(),
    recordB: uuid('record_b').notNull(),
    score: numeric('score', { precision: 5, scale: 4 }).notNull(),
    reasons: jsonb('reasons').notNull().default([]),
    status: duplicateStatus('status').notNull().default('open'),
    decidedBy: uuid('decided_by'),
    decidedAt: moment('decided_at'),
    ...times,
  },
  (table) => [
    primaryKey({ name: 'duplicate_candidates_pkey', columns: [table.workspaceId, table.id] }),
    unique('duplicate_candidates_pair_key').on(table.workspaceId, table.object, table.recordA, table.recordB),
    reference({
      name: 'duplicate_candidates_decided_by_fkey',
      columns: [table.workspaceId, table.decidedBy],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'duplicate_candidates_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const merges = pgTable(
  'merges',
  {
    ...key,
    object: text('object').notNull(),
    keptId: uuid('kept_id').notNull(),
    mergedId: uuid('merged_id').notNull(),
    changeSetId: uuid('change_set_id').notNull(),
    mergedBy: uuid('merged_by').default(sql`satchel.user_id()`),
    mergedAt: moment('merged_at').notNull().defaultNow(),
    undoneAt: moment('undone_at'),
    _stamp: text('_stamp').default(sql`satchel.stamp()`),
    _tombstone: boolean('_tombstone').notNull().default(false),
    _seq: int8('_seq'),
  },
  (table) => [
    primaryKey({ name: 'merges_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'merges_change_set_fkey',
      columns: [table.workspaceId, table.changeSetId],
      to: (): ReferenceColumns => [changeSets.workspaceId, changeSets.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'merges_merged_by_fkey',
      columns: [table.workspaceId, table.mergedBy],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'merges_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
