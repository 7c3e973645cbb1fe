import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';

/** Whatever was thrown, as the one error type. A defect of the interface itself becomes `internal`. */
export function asSatchelError(error: unknown): SatchelError {
  if (error instanceof SatchelError) return error;
  return new SatchelError(
    'internal',
    say`The interface failed: ${error instanceof Error ? error.message : String(error)}`,
    {
      cause: error,
    },
  );
}

/** Whether asking again may succeed without a person doing anything. */
export function isTemporary(error: unknown): boolean {
  return error instanceof SatchelError && (error.code === 'busy' || error.code === 'offline');
}
