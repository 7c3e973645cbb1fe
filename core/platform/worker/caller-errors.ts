import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { invalidInput } from '#shared/contract/invalid-input.ts';
import { isAbort, toWireError } from '#shared/contract/wire-errors.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Log } from '../../context.ts';

/**
 * What the caller is told of an error: a SatchelError as it is, invalid input with the fields that are wrong, and of
 * anything else only that it happened; the rest goes into the log.
 */
export function toCallerError(error: unknown, log: Log, procedure: string): unknown {
  if (isAbort(error)) return error;
  if (error instanceof ORPCError) {
    const invalid = invalidCall(error);
    if (invalid) return toWireError(invalid);
    if (error.cause === undefined && error.status < 500) return error;
  }
  if (error instanceof SatchelError) {
    if (error.code === 'internal' || error.code === 'corrupt') logDefect(error, log, procedure);
    return toWireError(error);
  }
  // An error that was made for the wire further in has been logged there.
  if (error instanceof ORPCError && error.code !== 'INTERNAL_SERVER_ERROR') return error;
  logDefect(error, log, procedure);
  return toWireError(
    new SatchelError(
      'internal',
      say`Something went wrong inside Satchel. Nothing was changed. The log has the details.`,
    ),
  );
}

/** What the RPC library throws for an input that does not fit its procedure, as an error of ours. */
export function invalidCall(error: unknown): SatchelError | undefined {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return undefined;
  return invalidInput(error.cause instanceof ValidationError ? error.cause.issues : []);
}

function logDefect(error: unknown, log: Log, procedure: string): void {
  log.error({ procedure, error: errorFacts(error) }, 'a call failed');
}

function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: errorFacts(cause) }) };
}
