import type { AnyRecord } from '../client/record-client.ts';

export interface FieldChange {
  record: AnyRecord;
  /** A field's key or `custom.<key>`. */
  field: string;
  value: unknown;
  /** For a reference: the property that carries the target's name, and the new name. */
  display?: { key: string; name: string | null };
  /** What to say when it was saved, with an offer to undo it; without it the changed field speaks for itself. */
  announcement?: string;
}
