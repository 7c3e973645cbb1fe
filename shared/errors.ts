import { z } from 'zod';
import { inEnglish, type Message } from './message.ts';

/**
 * The closed set of what can go wrong, as a caller may act on it.
 *
 * - `not_found`: the record, batch or file does not exist, or the caller may not see it (the two are not told apart).
 * - `forbidden`: the caller's role does not allow it.
 * - `invalid`: the input is wrong; `details` names the fields.
 * - `conflict`: the state changed underneath, or another process holds what is needed.
 * - `busy`: try again shortly; nothing was changed.
 * - `offline`: needs the network and there is none.
 * - `corrupt`: stored data is damaged; nothing was repaired silently.
 * - `internal`: a defect of Satchel.
 */
export const errorCodes = [
  'not_found',
  'forbidden',
  'invalid',
  'conflict',
  'busy',
  'offline',
  'corrupt',
  'internal',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;

/** Machine-readable facts beside the message, e.g. `{ field: 'email' }`. Never holds record contents. */
export type ErrorDetails = Record<string, z.infer<ReturnType<typeof z.json>>>;

const jsonObjectSchema = z.record(z.string(), z.json());
/** Checks them and passes them on as they are: a record that Zod copies lacks a key called `__proto__`. */
export const errorDetailsSchema = z.custom<ErrorDetails>(
  (value) => jsonObjectSchema.safeParse(value).success,
);

/**
 * The one error type. What it says is written for the person at the screen and tells what to do; `message` is that in
 * English.
 */
export class SatchelError extends Error {
  readonly code: ErrorCode;
  readonly said: Message;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, said: Message, options: { details?: ErrorDetails; cause?: unknown } = {}) {
    super(inEnglish(said), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SatchelError';
    this.code = code;
    this.said = said;
    this.details = options.details ?? {};
  }
}
