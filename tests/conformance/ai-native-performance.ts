import { aiNative, all, foreignKeysIndexed, type Item, index, inKey } from './requirement.ts';

export const aiNativePerformance: readonly Item[] = [
  // Section 4: performance
  aiNative(488, 'every foreign key has an index', foreignKeysIndexed),
  aiNative(
    495,
    'contacts (workspace_id, lifecycle_stage, created_at DESC)',
    index('idx_contacts_lifecycle_stage', '(workspace_id, lifecycle_stage, created_at DESC)'),
  ),
  aiNative(
    499,
    'contacts (workspace_id, owner_id)',
    index('idx_contacts_owner_id', '(workspace_id, owner_id, '),
  ),
  aiNative(
    502,
    'accounts (workspace_id, name)',
    index('idx_accounts_workspace_name', '(workspace_id, name)'),
  ),
  aiNative(
    505,
    'opportunities (workspace_id, stage, close_date)',
    index('idx_opportunities_stage_close_date', '(workspace_id, stage, close_date)'),
  ),
  aiNative(
    508,
    "tasks (assigned_to_id) WHERE status = 'pending'",
    all(
      index('idx_tasks_assigned_to_id_pending', '(workspace_id, assigned_to_id'),
      index('idx_tasks_assigned_to_id_pending', "'pending'"),
    ),
    inKey,
  ),
  aiNative(
    511,
    'interactions (workspace_id, interacted_at DESC)',
    index('idx_activities_occurred_at', '(workspace_id, occurred_at DESC'),
  ),
  aiNative(
    520,
    'a partition for each month',
    "(SELECT count(*) >= 3 FROM pg_inherits WHERE inhparent = 'activities'::regclass)",
  ),
  aiNative(
    523,
    'each partition has an HNSW index of its own',
    `(SELECT bool_and(EXISTS (
     SELECT FROM pg_index JOIN pg_class AS i ON i.oid = indexrelid JOIN pg_am ON pg_am.oid = i.relam
     WHERE indrelid = inhrelid AND amname = 'hnsw')) FROM pg_inherits WHERE inhparent = 'activities'::regclass)`,
  ),
  aiNative(
    555,
    'with m = 32 and ef_construction = 128',
    `(SELECT bool_and(i.reloptions @> ARRAY['m=32', 'ef_construction=128'])
     FROM pg_inherits JOIN pg_index ON indrelid = inhrelid JOIN pg_class AS i ON i.oid = indexrelid JOIN pg_am ON pg_am.oid = i.relam
     WHERE inhparent = 'activities'::regclass AND amname = 'hnsw')`,
  ),
];
