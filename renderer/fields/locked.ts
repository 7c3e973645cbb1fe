import { z } from 'zod';

const lockedSchema = z.object({ locked: z.enum(['list', 'key', 'role']) });

/** Why a personal value is not shown; null for a value that is. */
export function lockOf(value: unknown): 'list' | 'key' | 'role' | null {
  return typeof value === 'object' ? (lockedSchema.safeParse(value).data?.locked ?? null) : null;
}
