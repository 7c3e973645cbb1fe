import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';

/**
 * Where a page ended: the sort keys of its last row as text, and the row's id. It is opaque to the caller, and is
 * validated when it comes back: the version, the sort it belongs to and every part's shape. A well-formed cursor that
 * was made up can only point at another position of a list that the caller may read anyway.
 */
const version = 1;

const cursorSchema = z.tuple([
  z.literal(version),
  /** What it belongs to, so that a cursor of one sort is not continued under another. */
  z.string().max(400),
  z.array(z.string().max(2_000).nullable()).max(4),
  z.guid(),
]);

export interface Position {
  readonly keys: readonly (string | null)[];
  readonly id: string;
}

/** @param order names the list and its sort */
export function encodeCursor(order: string, position: Position): string {
  return Buffer.from(JSON.stringify([version, order, position.keys, position.id])).toString('base64url');
}

/** @throws SatchelError `invalid` where the cursor is not one of ours, or belongs to another sort */
export function decodeCursor(order: string, keyCount: number, cursor: string): Position {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[1] !== order || parsed.data[2].length !== keyCount) {
    throw new SatchelError(
      'invalid',
      say`This place in the list is not known any more. Load the list again.`,
      {
        details: { field: 'cursor' },
      },
    );
  }
  return { keys: parsed.data[2], id: parsed.data[3] };
}

/** Undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
