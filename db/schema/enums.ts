import { pgEnum } from 'drizzle-orm/pg-core';

export const activityDirection = pgEnum('activity_direction', ['inbound', 'outbound']);

export const activityType = pgEnum('activity_type', ['call', 'email', 'meeting', 'note', 'task_completed']);

export const casePriority = pgEnum('case_priority', ['low', 'normal', 'high', 'urgent']);

export const caseStatus = pgEnum('case_status', ['new', 'open', 'pending', 'resolved', 'closed']);

export const changeOperation = pgEnum('change_operation', ['insert', 'update', 'delete', 'restore', 'purge']);

export const changeSource = pgEnum('change_source', ['person', 'import', 'sync', 'ai', 'system']);

export const contactLifecycleStage = pgEnum('contact_lifecycle_stage', [
  'lead',
  'opportunity_contact',
  'customer',
  'churned',
]);

export const customFieldType = pgEnum('custom_field_type', [
  'text',
  'number',
  'date',
  'boolean',
  'select',
  'multi_select',
  'url',
  'email',
  'phone',
]);

export const duplicateStatus = pgEnum('duplicate_status', ['open', 'dismissed', 'merged']);

export const embeddingLevel = pgEnum('embedding_level', ['content', 'summary']);

export const importStatus = pgEnum('import_status', [
  'pending',
  'running',
  'completed',
  'cancelled',
  'failed',
  'reverting',
  'partly_reverted',
  'reverted',
]);

export const leadRating = pgEnum('lead_rating', ['cold', 'warm', 'hot']);

export const leadStatus = pgEnum('lead_status', [
  'new',
  'working',
  'nurturing',
  'qualified',
  'unqualified',
  'converted',
]);

export const opportunityStage = pgEnum('opportunity_stage', [
  'prospecting',
  'qualification',
  'needs_analysis',
  'value_proposition',
  'proposal',
  'negotiation',
  'closed_won',
  'closed_lost',
]);

export const permissionScope = pgEnum('permission_scope', ['own', 'team', 'all']);

export const queueStatus = pgEnum('queue_status', ['waiting', 'running', 'failed']);

export const quoteStatus = pgEnum('quote_status', ['draft', 'sent', 'accepted', 'rejected', 'expired']);

export const syncOperation = pgEnum('sync_operation', ['upsert', 'delete']);

export const taskPriority = pgEnum('task_priority', ['low', 'normal', 'high']);

export const taskStatus = pgEnum('task_status', ['pending', 'completed']);

export const emailLabel = pgEnum('email_label', ['work', 'personal', 'other']);

export const phoneLabel = pgEnum('phone_label', ['work', 'mobile', 'home', 'fax', 'other']);
