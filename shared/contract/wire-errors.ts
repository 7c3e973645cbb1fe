import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { errorCodeSchema, errorDetailsSchema, SatchelError } from '../errors.ts';
import { messageSchema, say } from '../message.ts';

const wireDataSchema = z.object({ said: messageSchema, details: errorDetailsSchema });

/**
 * How errors cross the contract: a SatchelError keeps its code, what it says and its details; of everything else only the fact
 * crosses, since a message or stack that was not written for a person may hold what they must not see.
 */
export function toWireError(error: SatchelError): ORPCError<string, unknown> {
  return new ORPCError(error.code, {
    status: 500,
    message: error.message,
    data: { said: error.said, details: error.details },
  });
}

/** The error that a caller of the contract sees for whatever the transport or the other side threw. */
export function fromWireError(error: unknown): unknown {
  if (error instanceof SatchelError) return error;
  if (error instanceof ORPCError) {
    const code = errorCodeSchema.safeParse(error.code);
    if (code.success) {
      const data = wireDataSchema.safeParse(error.data);
      if (data.success) return new SatchelError(code.data, data.data.said, { details: data.data.details });
    }
    if (error.status === 404) {
      return new SatchelError('not_found', say`This version of Satchel does not know that request.`);
    }
    if (error.status === 400) {
      return new SatchelError('invalid', say`Satchel could not read the request.`);
    }
  }
  if (isAbort(error)) return error;
  return new SatchelError('internal', say`Satchel received an answer that it does not understand.`, {
    cause: error,
  });
}

export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
