import { z } from 'zod';

/** Closed sets, named as the database names them. The order is the order in which people meet them. */

/** A closed set of values as the database has it; labels are the i18n keys `options.<name>.<value>`. */
export interface OptionSet<Value extends string> {
  readonly name: string;
  /** PostgreSQL's type: an enum. */
  readonly sqlType: string;
  readonly values: readonly [Value, ...Value[]];
}

export const opportunityStages = [
  'prospecting',
  'qualification',
  'needs_analysis',
  'value_proposition',
  'proposal',
  'negotiation',
  'closed_won',
  'closed_lost',
] as const;
export const opportunityStageSchema = z.enum(opportunityStages);
export const opportunityStageSet: OptionSet<OpportunityStage> = {
  name: 'opportunityStage',
  sqlType: 'opportunity_stage',
  values: opportunityStages,
};
export type OpportunityStage = z.infer<typeof opportunityStageSchema>;

export const closedStages: readonly OpportunityStage[] = ['closed_won', 'closed_lost'];
export const lifecycleStages = ['lead', 'opportunity_contact', 'customer', 'churned'] as const;
export const lifecycleStageSchema = z.enum(lifecycleStages);
export const lifecycleStageSet: OptionSet<LifecycleStage> = {
  name: 'lifecycleStage',
  sqlType: 'contact_lifecycle_stage',
  values: lifecycleStages,
};
export type LifecycleStage = z.infer<typeof lifecycleStageSchema>;

export const emailLabelSet: OptionSet<'work' | 'personal' | 'other'> = {
  name: 'emailLabel',
  sqlType: 'email_label',
  values: ['work', 'personal', 'other'],
};
export const phoneLabelSet: OptionSet<'work' | 'mobile' | 'home' | 'fax' | 'other'> = {
  name: 'phoneLabel',
  sqlType: 'phone_label',
  values: ['work', 'mobile', 'home', 'fax', 'other'],
};

export const leadStatusSet: OptionSet<
  'new' | 'working' | 'nurturing' | 'qualified' | 'unqualified' | 'converted'
> = {
  name: 'leadStatus',
  sqlType: 'lead_status',
  values: ['new', 'working', 'nurturing', 'qualified', 'unqualified', 'converted'],
};
export const leadRatingSet: OptionSet<'cold' | 'warm' | 'hot'> = {
  name: 'leadRating',
  sqlType: 'lead_rating',
  values: ['cold', 'warm', 'hot'],
};

export const taskStatusSet: OptionSet<'pending' | 'completed'> = {
  name: 'taskStatus',
  sqlType: 'task_status',
  values: ['pending', 'completed'],
};
export const taskPrioritySet: OptionSet<'low' | 'normal' | 'high'> = {
  name: 'taskPriority',
  sqlType: 'task_priority',
  values: ['low', 'normal', 'high'],
};

export const activityTypes = ['call', 'email', 'meeting', 'note', 'task_completed'] as const;
export const activityTypeSchema = z.enum(activityTypes);
export type ActivityType = z.infer<typeof activityTypeSchema>;

export const activityDirections = ['inbound', 'outbound'] as const;
export const activityDirectionSchema = z.enum(activityDirections);

export const changeSources = ['person', 'import', 'sync', 'ai', 'system'] as const;
export const changeSourceSchema = z.enum(changeSources);

export const customFieldTypes = [
  'text',
  'number',
  'date',
  'boolean',
  'select',
  'multi_select',
  'url',
  'email',
  'phone',
] as const;
export const customFieldTypeSchema = z.enum(customFieldTypes);
export type CustomFieldType = z.infer<typeof customFieldTypeSchema>;
