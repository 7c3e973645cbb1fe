import { create } from 'zustand';
import type { ObjectName } from '#shared/objects/objects.ts';
import type { FieldValues } from '../client/record-client.ts';

export interface CreateRequest {
  object: ObjectName;
  /** What the new record starts with, e.g. the account of the page it was asked for on. */
  values?: FieldValues;
  /** Names of the records that `values` point at, by field key. */
  displays?: Readonly<Record<string, string>>;
}

export const useCreate = create<{ request: CreateRequest | null }>(() => ({ request: null }));

/** Opens the dialog that creates a record. */
export function openCreate(request: CreateRequest): void {
  useCreate.setState({ request });
}
