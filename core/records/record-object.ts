import type { Identity, Tx } from '#db/engine/types.ts';
import type { Term } from '#shared/message.ts';
import type { FieldDefinition } from '#shared/objects/field.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import type { Assignment, RecordValues } from './record-values.ts';

/**
 * What the generic mechanism of lists, records and changes has to know of an object beyond its fields in
 * `shared/objects`. The object's name is its table's name.
 */
export interface RecordObject<Name extends ObjectName = ObjectName> {
  readonly name: Name;
  /** For messages and labels: `account`, `accounts`. */
  readonly singular: Term;
  readonly plural: Term;
  readonly fields: readonly FieldDefinition[];
  /** Stored folded forms (no case, no accents) that order and compare a text field: field key → column. */
  readonly foldedColumns: Readonly<Record<string, string>>;
  /** Text fields that are part of the column `search_text`, so that its trigram index narrows their filters. */
  readonly searchedFields: readonly string[];
  /** The owner of a new record is its maker where none is given. */
  readonly hasOwner: boolean;
  readonly rules: RecordRules;
}

/** What an object knows beyond its fields; every rule works on sets of rows, so that bulk actions keep it too. */
export interface RecordRules {
  /**
   * What is missing or contradictory in a new record.
   * @throws SatchelError `invalid` with the field in its details
   */
  checkNew?(values: RecordValues): void;
  /** Columns that follow from the values, beside those that the values set. */
  followUps?(values: RecordValues, kind: 'insert' | 'update'): Assignment[];
  /**
   * Runs in the transaction, before live rows with these ids are given the values.
   * @throws SatchelError `invalid` where a row would break a rule
   */
  beforeUpdate?(tx: Tx, identity: Identity, ids: readonly string[], values: RecordValues): Promise<void>;
  /**
   * Runs in the transaction, after the rows with these ids were written.
   * @throws SatchelError `invalid` where the new state breaks a rule across rows
   */
  checkWritten?(tx: Tx, identity: Identity, ids: readonly string[], values: RecordValues): Promise<void>;
  /** Runs before rows are removed for good: sees to what refers to them, or refuses. */
  beforePurge?(tx: Tx, identity: Identity, ids: readonly string[]): Promise<void>;
}

/** PostgreSQL's enum types by the options' name in `shared/objects`. */
export const enumTypes: Readonly<Record<string, string>> = {
  lifecycleStage: 'contact_lifecycle_stage',
  opportunityStage: 'opportunity_stage',
};
