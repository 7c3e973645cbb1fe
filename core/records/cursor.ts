import { z } from 'zod';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';

/**
 * Where a page ended: the sort keys of its last row as text, and the row's id. It is opaque to the caller, and is
 * validated when it comes back: the version, the sort it belongs to and every part's shape. A well-formed cursor that
 * was made up can only point at another position of a list that the caller may read anyway.
 */
const version = 2;

/**
 * Where in a list a row stands: among those that have the first field it is sorted by, those that lack it, or those where it
 * refers to something whose name the caller is not shown.
 */
const listPartSchema = z.enum(['filled', 'empty', 'hidden']);
export type ListPart = z.infer<typeof listPartSchema>;

const cursorSchema = z.tuple([
  z.literal(version),
  /** What it belongs to, so that a cursor of one sort is not continued under another. */
  z.string().max(400),
  listPartSchema,
  z.array(z.string().max(2_000).nullable()).max(4),
  z.guid(),
]);

export interface Position {
  readonly part: ListPart;
  readonly keys: readonly (string | null)[];
  readonly id: string;
}

/** @param order names the list and its sort */
export function encodeCursor(order: string, position: Position): string {
  return Buffer.from(JSON.stringify([version, order, position.part, position.keys, position.id])).toString(
    'base64url',
  );
}

/** @throws SatchelError `invalid` where the cursor is not one of ours, or belongs to another sort */
export function decodeCursor(order: string, keyCount: number, cursor: string): Position {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[1] !== order || parsed.data[3].length !== keyCount) {
    throw new SatchelError(
      'invalid',
      say`This place in the list is not known any more. Load the list again.`,
      {
        details: { field: 'cursor' },
      },
    );
  }
  return { part: parsed.data[2], keys: parsed.data[3], id: parsed.data[4] };
}

/** Undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
