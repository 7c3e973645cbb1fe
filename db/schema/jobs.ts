import { sql } from 'drizzle-orm';
import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { users, workspaces } from './access.ts';
import { key, moment, times } from './columns.ts';
import { queueStatus } from './enums.ts';
import { type ReferenceColumns, reference } from './reference.ts';

/** Only on a laptop: what is to be done in the background. */
export const jobs = pgTable(
  'jobs',
  {
    ...key,
    userId: uuid('user_id').default(sql`satchel.user_id()`),
    service: text('service').notNull(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').notNull().default({}),
    progress: jsonb('progress').notNull().default({}),
    attempts: integer('attempts').notNull().default(0),
    notBefore: moment('not_before').notNull().defaultNow(),
    state: queueStatus('state').notNull().default('waiting'),
    error: jsonb('error'),
    ...times,
  },
  (table) => [
    primaryKey({ name: 'jobs_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'jobs_user_fkey',
      columns: [table.workspaceId, table.userId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'jobs_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
