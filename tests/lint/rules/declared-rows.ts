/**
 * Core declares what its statements return: a type that is only claimed, `tx.query<{ id: string }>`, is checked by nobody.
 */
import { isTest, layerOf } from './paths.ts';

/** Functions and methods that read rows. */
const READERS: readonly string[] = ['query', 'rows', 'queryRows', 'queryOne'];

/** Why the type argument of the call is not allowed. */
export function claimViolation(file: string, called: string): string | undefined {
  const isMeant = layerOf(file) === 'core' && !isTest(file) && READERS.includes(called);
  if (!isMeant) return undefined;
  return 'Declare the row that the statement returns with `returning` (db/row.ts) and leave the type to it: tests compare the declaration with the database.';
}
