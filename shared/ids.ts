import { z } from 'zod';

/**
 * The id of a record of the object of that name: a contact's cannot be passed where an account's is wanted. All are UUIDs
 * (v7 when made here).
 */
export type IdOf<Name extends string> = string & z.$brand<Name>;

export function idOf<Name extends string>(): z.ZodType<IdOf<Name>, string> {
  // Zod brands a value in the output type alone, whatever the brand is called.
  return z.guid() as unknown as z.ZodType<IdOf<Name>, string>;
}

const id = <Brand extends string>() => z.guid().brand<Brand>();

export const workspaceIdSchema = id<'WorkspaceId'>();
export type WorkspaceId = z.infer<typeof workspaceIdSchema>;
export const userIdSchema = idOf<'users'>();
export type UserId = IdOf<'users'>;
export const teamIdSchema = id<'TeamId'>();
export type TeamId = z.infer<typeof teamIdSchema>;
export const roleIdSchema = id<'RoleId'>();
export type RoleId = z.infer<typeof roleIdSchema>;
export const accountIdSchema = idOf<'accounts'>();
export const contactIdSchema = idOf<'contacts'>();
export const opportunityIdSchema = idOf<'opportunities'>();
export const activityIdSchema = id<'ActivityId'>();
export type ActivityId = z.infer<typeof activityIdSchema>;
/** A record of whichever object the context names. */
export const recordIdSchema = id<'RecordId'>();
export type RecordId = z.infer<typeof recordIdSchema>;
export const changeSetIdSchema = id<'ChangeSetId'>();
export type ChangeSetId = z.infer<typeof changeSetIdSchema>;
export const importBatchIdSchema = id<'ImportBatchId'>();
export type ImportBatchId = z.infer<typeof importBatchIdSchema>;
export const jobIdSchema = id<'JobId'>();
export type JobId = z.infer<typeof jobIdSchema>;
export const savedViewIdSchema = id<'SavedViewId'>();
export type SavedViewId = z.infer<typeof savedViewIdSchema>;
