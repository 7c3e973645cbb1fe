import { z } from 'zod';

/** Branded ids: a contact's id cannot be passed where an account's is wanted. All are UUIDs (v7 when made here). */
const id = <Brand extends string>() => z.guid().brand<Brand>();

export const workspaceIdSchema = id<'WorkspaceId'>();
export type WorkspaceId = z.infer<typeof workspaceIdSchema>;
export const userIdSchema = id<'UserId'>();
export type UserId = z.infer<typeof userIdSchema>;
export const teamIdSchema = id<'TeamId'>();
export type TeamId = z.infer<typeof teamIdSchema>;
export const roleIdSchema = id<'RoleId'>();
export type RoleId = z.infer<typeof roleIdSchema>;
export const accountIdSchema = id<'AccountId'>();
export type AccountId = z.infer<typeof accountIdSchema>;
export const contactIdSchema = id<'ContactId'>();
export type ContactId = z.infer<typeof contactIdSchema>;
export const opportunityIdSchema = id<'OpportunityId'>();
export type OpportunityId = z.infer<typeof opportunityIdSchema>;
export const productIdSchema = id<'ProductId'>();
export type ProductId = z.infer<typeof productIdSchema>;
export const activityIdSchema = id<'ActivityId'>();
export type ActivityId = z.infer<typeof activityIdSchema>;
/** A record of whichever object the context names. */
export const recordIdSchema = id<'RecordId'>();
export type RecordId = z.infer<typeof recordIdSchema>;
export const changeSetIdSchema = id<'ChangeSetId'>();
export type ChangeSetId = z.infer<typeof changeSetIdSchema>;
export const importBatchIdSchema = id<'ImportBatchId'>();
export type ImportBatchId = z.infer<typeof importBatchIdSchema>;
export const savedViewIdSchema = id<'SavedViewId'>();
export type SavedViewId = z.infer<typeof savedViewIdSchema>;
