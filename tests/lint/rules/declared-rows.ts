/**
 * Core declares what its statements return: a type that is only claimed, `tx.query<{ id: string }>`, is checked by nobody.
 */
import { isTest, layerOf } from './paths.ts';

/** Functions and methods that read rows. */
const READERS: readonly string[] = ['query', 'rows', 'queryRows', 'queryOne'];

/** Files that still claim what they read; a test asks that each does. */
export const STILL_CLAIMING: readonly string[] = [
  'core/import/revert/foresee.ts',
  'core/import/revert/revert.ts',
];

/** Why the type argument of the call is not allowed. */
export function claimViolation(file: string, called: string): string | undefined {
  const isMeant = layerOf(file) === 'core' && !isTest(file) && READERS.includes(called);
  if (!isMeant || STILL_CLAIMING.includes(file)) return undefined;
  return 'Declare the row that the statement returns with `returning` (db/row.ts) and leave the type to it: tests compare the declaration with the database.';
}
