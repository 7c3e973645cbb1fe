import type { ContractClient } from '#shared/contract/contract.ts';
import type { ListInput, ListScope, Selection } from '#shared/contract/list.ts';
import type { ChangeSetId } from '#shared/ids.ts';
import { definitionOf, type ObjectName, type RecordOf } from '#shared/objects/objects.ts';

/** A record of whichever object a list shows. */
export type AnyRecord = RecordOf<ObjectName>;

/** New values by field key, for code that treats all objects alike; the application validates them. */
export type FieldValues = Readonly<Record<string, unknown>>;

interface CallOptions {
  signal?: AbortSignal;
}

interface SavedRecord {
  record: AnyRecord;
  changeSetId: ChangeSetId;
}

interface BulkChange {
  changeSetId: ChangeSetId;
  changed: number;
}

/** The procedures that all objects have, seen without their object's own types. */
export interface RecordClient {
  list(
    input: ListInput,
    options?: CallOptions,
  ): Promise<{ rows: readonly AnyRecord[]; nextCursor: string | null }>;
  count(input: ListScope, options?: CallOptions): Promise<{ count: number; isEstimate: boolean }>;
  get(input: { id: string }, options?: CallOptions): Promise<AnyRecord>;
  create(input: { values: FieldValues }): Promise<SavedRecord>;
  update(input: { id: string; values: FieldValues; expectedUpdatedAt?: string }): Promise<SavedRecord>;
  bulkUpdate(input: { selection: Selection; values: FieldValues }): Promise<BulkChange>;
  trash(input: { selection: Selection }): Promise<BulkChange>;
  restore(input: { selection: Selection }): Promise<BulkChange>;
  purge(input: { selection: Selection }): Promise<{ purged: number }>;
}

export function recordClient(client: ContractClient, object: ObjectName): RecordClient {
  return client[object];
}

const customPrefix = 'custom.';

/** The value of a field or, for `custom.<key>`, of a custom field. */
export function valueOf(record: Pick<AnyRecord, 'customFields'>, key: string): unknown {
  if (key.startsWith(customPrefix)) return record.customFields[key.slice(customPrefix.length)] ?? null;
  return Reflect.get(record, key) ?? null;
}

/**
 * `{ amount: '5' }` for a field; `{ customFields: { tier: 'A' } }` for `custom.tier`. The other custom fields are left
 * out, so that an edit neither writes them back as they were nor conflicts with somebody else's edit of them.
 */
export function valuesForUpdate(key: string, value: unknown): FieldValues {
  if (!key.startsWith(customPrefix)) return { [key]: value };
  return { customFields: { [key.slice(customPrefix.length)]: value } };
}

/** The record as it is with a field's new value. */
export function withValue(record: AnyRecord, key: string, value: unknown): AnyRecord {
  if (!key.startsWith(customPrefix)) return { ...record, [key]: value };
  const customFields = Object.assign({}, record.customFields, { [key.slice(customPrefix.length)]: value });
  return { ...record, customFields };
}

/** What a record is called: the value of its object's title field. */
export function titleOf(object: ObjectName, record: Pick<AnyRecord, 'customFields'>): string {
  const title = valueOf(record, definitionOf(object).title);
  return typeof title === 'string' ? title : '';
}
