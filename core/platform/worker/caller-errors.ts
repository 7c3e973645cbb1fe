import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { z } from 'zod';
import { isAbort, toWireError } from '#shared/contract/wire-errors.ts';
import { SatchelError } from '#shared/errors.ts';
import { askedBy, type Message, say } from '#shared/message.ts';
import type { Log } from '../../context.ts';

/**
 * What the caller is told of an error: a SatchelError as it is, invalid input with the fields that are wrong, and of
 * anything else only that it happened; the rest goes into the log.
 */
export function toCallerError(error: unknown, log: Log, procedure: string): unknown {
  if (isAbort(error)) return error;
  if (error instanceof ORPCError) {
    if (error.code === 'BAD_REQUEST') return toWireError(invalidInput(error));
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

function invalidInput(error: ORPCError<string, unknown>): SatchelError {
  const issues = error.cause instanceof ValidationError ? error.cause.issues : [];
  const fields = issues.slice(0, 20).map((issue) => ({
    field: (issue.path ?? []).map((key) => String(typeof key === 'object' ? key.key : key)).join('.'),
    message: issue.message,
  }));
  const [first] = fields;
  const [issue] = issues;
  if (!first || !issue) return new SatchelError('invalid', say`The input is not valid.`);
  const problem = issueSaid(issue);
  const said = first.field === '' ? problem : say`${first.field}: ${problem}`;
  return new SatchelError('invalid', said, { details: { field: first.field, fields } });
}

/** What is wrong with a value; Zod's own words are for programmers and stay in the details. */
function issueSaid(issue: { readonly message: string }): Message {
  const own = askedBy(issue.message);
  if (own) return own;
  const limit = limitSchema.safeParse(issue);
  if (!limit.success) return say`This value is not valid.`;
  const { origin, maximum, minimum } = limit.data;
  if (maximum !== undefined) {
    return origin === 'string' ? say`Use at most ${maximum} characters.` : say`Use at most ${maximum}.`;
  }
  return origin === 'string'
    ? say`Use at least ${minimum ?? 1} characters.`
    : say`Use at least ${minimum ?? 1}.`;
}

const limitSchema = z.object({
  code: z.enum(['too_big', 'too_small']),
  origin: z.string(),
  maximum: z.number().optional(),
  minimum: z.number().optional(),
});

function logDefect(error: unknown, log: Log, procedure: string): void {
  log.error({ procedure, error: errorFacts(error) }, 'a call failed');
}

function errorFacts(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: errorFacts(cause) }) };
}
