import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
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
import { byDatabase, int8, key, moment, origin, syncColumns, times } from './columns.ts';
import { customFieldType } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';

export const settings = pgTable(
  'settings',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull().defaultRandom(),
    key: text('key').notNull(),
    value: jsonb('value').notNull(),
    userId: uuid('user_id'),
    ...times,
    updatedBy: uuid('updated_by'),
    _stamp: text('_stamp').default(sql`satchel.stamp()`),
    _tombstone: boolean('_tombstone').notNull().default(false),
    _seq: int8('_seq'),
  },
  (table) => [
    primaryKey({ name: 'settings_pkey', columns: [table.workspaceId, table.id] }),
    unique('settings_key').on(table.workspaceId, table.key, table.userId).nullsNotDistinct(),
    reference({
      name: 'settings_user_fkey',
      columns: [table.workspaceId, table.userId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'settings_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const customFieldDefinitions = pgTable(
  'custom_field_definitions',
  {
    ...key,
    object: text('object').notNull(),
    key: text('key').notNull(),
    label: text('label').notNull(),
    type: customFieldType('type').notNull(),
    options: jsonb('options').notNull().default([]),
    isRequired: boolean('is_required').notNull().default(false),
    isIndexed: boolean('is_indexed').notNull().default(false),
    isPii: boolean('is_pii').notNull().default(false),
    position: integer('position').notNull().default(0),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'custom_field_definitions_pkey', columns: [table.workspaceId, table.id] }),
    unique('custom_field_definitions_key').on(table.workspaceId, table.object, table.key),
    reference({
      name: 'custom_field_definitions_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const savedViews = pgTable(
  'saved_views',
  {
    ...key,
    object: text('object').notNull(),
    name: text('name').notNull(),
    ownerId: uuid('owner_id'),
    isShared: boolean('is_shared').notNull().default(false),
    position: integer('position').notNull().default(0),
    definition: jsonb('definition').notNull(),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'saved_views_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'saved_views_owner_fkey',
      columns: [table.workspaceId, table.ownerId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'saved_views_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const tags = pgTable(
  'tags',
  {
    ...key,
    name: text('name').notNull(),
    color: text('color'),
    nameKey: text('name_key').generatedAlwaysAs(byDatabase),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'tags_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'tags_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const recordTags = pgTable(
  'record_tags',
  {
    workspaceId: uuid('workspace_id').notNull(),
    object: text('object').notNull(),
    recordId: uuid('record_id').notNull(),
    tagId: uuid('tag_id').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by').default(sql`satchel.user_id()`),
    _stamp: text('_stamp').default(sql`satchel.stamp()`),
    _tombstone: boolean('_tombstone').notNull().default(false),
    _seq: int8('_seq'),
  },
  (table) => [
    primaryKey({ name: 'record_tags_pkey', columns: [table.workspaceId, table.recordId, table.tagId] }),
    reference({
      name: 'record_tags_tag_fkey',
      columns: [table.workspaceId, table.tagId],
      to: (): ReferenceColumns => [tags.workspaceId, tags.id],
      onDelete: 'cascade',
    }),
  ],
);

export const exchangeRates = pgTable(
  'exchange_rates',
  {
    ...key,
    fromCurrency: text('from_currency').notNull(),
    toCurrency: text('to_currency').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    rate: numeric('rate').notNull(),
    source: text('source'),
    ...times,
    createdBy: origin.createdBy,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'exchange_rates_pkey', columns: [table.workspaceId, table.id] }),
    unique('exchange_rates_day_key').on(table.workspaceId, table.fromCurrency, table.toCurrency, table.day),
    reference({
      name: 'exchange_rates_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
