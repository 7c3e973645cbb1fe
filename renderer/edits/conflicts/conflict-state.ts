import { create } from 'zustand';
import type { ObjectName } from '#shared/objects/objects.ts';
import type { AnyRecord } from '../../client/record-client.ts';
import type { FieldChange } from '../field-change.ts';

/** A change that was not saved because somebody else had changed the same field. */
export interface Conflict {
  object: ObjectName;
  /** The record as it is saved now. */
  current: AnyRecord;
  change: FieldChange;
}

export const useConflict = create<{ conflict: Conflict | null }>(() => ({ conflict: null }));
