import { ORPCError } from '@orpc/client';
import { errorCodeSchema, errorDetailsSchema, SatchelError } from '../errors.ts';

/**
 * How errors cross the contract: a SatchelError keeps its code, message and details; of everything else only the fact
 * crosses, since a message or stack that was not written for a person may hold what they must not see.
 */
export function toWireError(error: SatchelError): ORPCError<string, unknown> {
  return new ORPCError(error.code, { status: 500, message: error.message, data: error.details });
}

/** The error that a caller of the contract sees for whatever the transport or the other side threw. */
export function fromWireError(error: unknown): unknown {
  if (error instanceof SatchelError) return error;
  if (error instanceof ORPCError) {
    const code = errorCodeSchema.safeParse(error.code);
    if (code.success) {
      const details = errorDetailsSchema.safeParse(error.data);
      return new SatchelError(code.data, error.message, details.success ? { details: details.data } : {});
    }
    if (error.status === 404) {
      return new SatchelError('not_found', 'This version of Satchel does not know that request.');
    }
    if (error.status === 400) {
      return new SatchelError('invalid', 'Satchel could not read the request.');
    }
  }
  if (isAbort(error)) return error;
  return new SatchelError('internal', 'Satchel received an answer that it does not understand.', {
    cause: error,
  });
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
