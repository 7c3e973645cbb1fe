import type { Identity, Tx } from '#db/engine/types.ts';
import { type RevertEvent, type RevertReport } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { type ImportBatchId, recordIdSchema } from '#shared/ids.ts';
import { type Message, say } from '#shared/message.ts';
import type { Application, WorkPace } from '../../context.ts';
import { type Referrer, readReferrers } from '../../data/referrers.ts';
import { importModules } from '../../objects/import-modules.ts';
import { setStatus } from '../batches/batch-rows.ts';
import { SliceBudget } from '../run/slice-budget.ts';
import { noteTableSizes } from '../statistics.ts';
import { YieldPace } from '../yield-pace.ts';
import {
  type CreatedRecord,
  createdRecordsQuery,
  type Removal,
  reasonToKeep,
  removeStatement,
  revertibleTables,
} from './blockers.ts';
import { changedAgain, restoreStatement } from './restore.ts';
import { rowsById } from './rows-by-id.ts';

const maxSamples = 50;

interface Entry {
  readonly seq: bigint;
  readonly object: string;
  readonly record_id: string;
  readonly operation: string;
}

/** How far a revert has come: this many change sets are done, and of the next one the entries from `below` on. */
interface Place {
  readonly done: number;
  readonly below: bigint | null;
}

/**
 * Takes an import back, change set by change set, the newest first: what it changed gets its former values, what it made
 * is removed. A record that somebody changed since, or that something made since points at, stays as it is.
 * Interrupted, or when it kept records, it can be called again: what is gone is passed over.
 */
export class Revert {
  readonly #app: Application;
  readonly #identity: Identity;
  readonly #batchId: ImportBatchId;
  readonly #emit: (event: RevertEvent) => void;
  readonly #report: RevertReport;
  readonly #slices: SliceBudget;
  #mayPurge = false;
  readonly #referrers = new Map<string, readonly Referrer[]>();
  #total = 0;

  constructor(
    app: Application,
    identity: Identity,
    batchId: ImportBatchId,
    emit: (event: RevertEvent) => void,
    pace: WorkPace = 'background',
  ) {
    this.#app = app;
    this.#slices = new SliceBudget(app.engine, pace);
    this.#identity = identity;
    this.#batchId = batchId;
    this.#emit = emit;
    this.#report = { batchId, removed: 0, restored: 0, kept: 0, keptSamples: [] };
  }

  /** @throws SatchelError `not_found`, `conflict` when it was reverted already, `forbidden` */
  async run(): Promise<RevertReport> {
    const changeSets = await this.#begin();
    const pace = new YieldPace();
    await noteTableSizes(this.#app, [
      ...importModules.map(({ name }) => name),
      'change_sets',
      'field_history',
    ]);
    let place: Place = { done: 0, below: null };
    while (place.done < changeSets.length) {
      place = await this.#revertSlice(changeSets, place);
      this.#emit({ type: 'progress', done: place.done, total: this.#total });
      await pace.step();
    }
    await this.#removeEmptyStubs();
    await this.#end();
    return this.#report;
  }

  #transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#app.engine.transaction(
      { as: this.#identity, priority: 'background', label: 'import: revert' },
      work,
    );
  }

  async #begin(): Promise<string[]> {
    const { workspaceId } = this.#identity;
    return this.#transaction(async (tx) => {
      const [batch] = await tx.query<{ status: string; may_purge: boolean }>(
        `SELECT status::text AS status, satchel.can('record:purge') AS may_purge
         FROM import_batches WHERE workspace_id = $1 AND id = $2`,
        [workspaceId, this.#batchId],
      );
      if (!batch) throw new SatchelError('not_found', say`There is no such import.`);
      if (batch.status === 'reverted')
        throw new SatchelError('conflict', say`This import was reverted already.`);
      this.#mayPurge = batch.may_purge;
      for (const table of revertibleTables) this.#referrers.set(table, await readReferrers(tx, table));
      await setStatus(tx, this.#identity, this.#batchId, 'reverting');
      const sets = await tx.query<{ id: string }>(
        `SELECT id::text AS id FROM change_sets
         WHERE workspace_id = $1 AND import_batch_id = $2 AND source IN ('import', 'system')
         ORDER BY created_at DESC, id DESC`,
        [workspaceId, this.#batchId],
      );
      this.#total = sets.length;
      return sets.map(({ id }) => id);
    });
  }

  async #revertSlice(changeSets: readonly string[], from: Place): Promise<Place> {
    return this.#transaction(async (tx) => {
      await this.#slices.began(tx);
      const { entries, place } = await this.#readEntries(tx, changeSets, from);
      if (entries.length === 0) return place;
      await this.#openChangeSet(tx);
      const created = new Set(
        entries.filter(({ operation }) => operation === 'insert').map(({ record_id }) => record_id),
      );
      for (const table of revertibleTables) {
        const of = entries.filter(({ object }) => object === table);
        const changed = new Set(
          of
            .filter(({ operation, record_id }) => operation !== 'insert' && !created.has(record_id))
            .map(({ record_id }) => record_id),
        );
        if (changed.size > 0) await this.#restore(tx, table, [...changed]);
      }
      // In the order of the entries: what was made later may point at what was made before.
      for (const run of runsOf(entries.filter(({ operation }) => operation === 'insert'))) {
        await this.#remove(tx, run.table, run.ids);
      }
      this.#slices.took(entries.length);
      return place;
    });
  }

  /** As many entries as a slice takes, of one change set after the other, the newest first. */
  async #readEntries(
    tx: Tx,
    changeSets: readonly string[],
    { done, below }: Place,
  ): Promise<{ entries: Entry[]; place: Place }> {
    const entries: Entry[] = [];
    const { rows } = this.#slices;
    while (done < changeSets.length && entries.length < rows) {
      const wanted = rows - entries.length;
      const page: Entry[] = await tx.query<Entry>(
        `SELECT seq, object, record_id::text AS record_id, operation::text AS operation FROM field_history
         WHERE workspace_id = $1 AND change_set_id = $2 AND ($3::bigint IS NULL OR seq < $3::bigint)
         ORDER BY seq DESC LIMIT $4`,
        [this.#identity.workspaceId, changeSets[done] ?? null, below, wanted],
      );
      entries.push(...page);
      if (page.length < wanted) {
        done += 1;
        below = null;
      } else {
        below = page.at(-1)?.seq ?? null;
      }
    }
    return { entries, place: { done, below } };
  }

  /** One for each slice. Marked as a person's doing, it is told apart from the import's own change sets. */
  async #openChangeSet(tx: Tx): Promise<void> {
    await tx.query(
      `WITH made AS (
         INSERT INTO change_sets (workspace_id, id, user_id, source, label, import_batch_id)
         VALUES ($1::uuid, $2::uuid, $3::uuid, 'person', $4::jsonb, $5::uuid)
         RETURNING id
       )
       SELECT satchel.continue_change_set(id) FROM made`,
      [
        this.#identity.workspaceId,
        this.#app.ids.next(),
        this.#identity.userId,
        JSON.stringify(say`Reverted an import`),
        this.#batchId,
      ],
    );
  }

  async #restore(tx: Tx, table: string, ids: readonly string[]): Promise<void> {
    const module = importModules.find(({ name }) => name === table);
    if (!module) return;
    // What the import made and then changed again is removed, not restored.
    const foreign = await tx.query<{ id: string }>(
      `SELECT t.id::text AS id FROM ${rowsById(table, '$2', 'r.id, r.import_batch_id')} AS t
       WHERE t.import_batch_id IS DISTINCT FROM $3::uuid`,
      [this.#identity.workspaceId, ids, this.#batchId],
    );
    if (foreign.length === 0) return;
    const rows = await tx.query<{ id: string; is_kept: boolean; is_restored: boolean }>(
      restoreStatement(module),
      [this.#identity.workspaceId, this.#batchId, foreign.map(({ id }) => id)],
    );
    for (const { id, is_kept, is_restored } of rows) {
      if (is_restored) this.#report.restored += 1;
      if (is_kept) this.#keep(table, id, '', changedAgain);
    }
  }

  async #remove(tx: Tx, table: string, ids: readonly string[], canPurge = this.#mayPurge): Promise<void> {
    const mayPurge = canPurge || table === 'custom_field_definitions';
    const rows = await tx.query<CreatedRecord>(createdRecordsQuery(table, this.#removal(table, mayPurge)), [
      this.#identity.workspaceId,
      ids,
      this.#batchId,
    ]);
    const removable: CreatedRecord[] = [];
    for (const row of rows) {
      const reason = reasonToKeep(row);
      if (reason) this.#keep(table, row.id, row.name, reason);
      else if (mayPurge || !row.is_trashed) removable.push(row);
    }
    if (removable.length === 0) return;
    const removed = await tx.execute(removeStatement(table, mayPurge), [
      this.#identity.workspaceId,
      removable.map(({ id }) => id),
    ]);
    this.#report.removed += removed;
    if (removed < removable.length) await this.#keepRest(tx, table, removable, mayPurge);
  }

  #removal(table: string, mayPurge: boolean): Removal {
    return { mayPurge, referrers: this.#referrers.get(table) ?? [] };
  }

  /** What is still there after it was to be removed: the policies of the database let the caller see it, and no more. */
  async #keepRest(tx: Tx, table: string, tried: readonly CreatedRecord[], mayPurge: boolean): Promise<void> {
    const rest = await tx.query<CreatedRecord>(createdRecordsQuery(table, this.#removal(table, mayPurge)), [
      this.#identity.workspaceId,
      tried.map(({ id }) => id),
      this.#batchId,
    ]);
    for (const { id, name, is_trashed } of rest)
      if (mayPurge || !is_trashed) this.#keep(table, id, name, say`Your role may not remove it.`);
  }

  /**
   * Records that this import completed and an import reverted earlier had made: their rows are gone now too. They are moved
   * to the trash, since only what a running revert made may be deleted at once.
   */
  async #removeEmptyStubs(): Promise<void> {
    await this.#transaction(async (tx) => {
      const stubs = await tx.query<{ object: string; ids: string[] }>(
        `SELECT s.object, array_agg(s.record_id::text) AS ids FROM import_stubs AS s
         JOIN import_batches AS b ON b.workspace_id = s.workspace_id AND b.id = s.import_batch_id
         WHERE s.workspace_id = $1 AND s.completed_by = $2 AND b.status IN ('reverted', 'partly_reverted')
         GROUP BY s.object`,
        [this.#identity.workspaceId, this.#batchId],
      );
      if (stubs.length === 0) return;
      await this.#openChangeSet(tx);
      for (const table of revertibleTables) {
        const of = stubs.find(({ object }) => object === table);
        if (of) await this.#remove(tx, table, of.ids, false);
      }
    });
  }

  #keep(table: string, id: string, name: string, reason: Message): void {
    this.#report.kept += 1;
    if (this.#report.keptSamples.length >= maxSamples) return;
    this.#report.keptSamples.push({
      object: table === 'custom_field_definitions' ? 'custom_fields' : table,
      id: recordIdSchema.parse(id),
      name,
      reason,
    });
  }

  async #end(): Promise<void> {
    const { workspaceId } = this.#identity;
    await this.#transaction(async (tx) => {
      await tx.execute('DELETE FROM import_references WHERE workspace_id = $1 AND import_batch_id = $2', [
        workspaceId,
        this.#batchId,
      ]);
      // What another import completed waits for that one's revert; what this one had completed is a stub again.
      await tx.execute(
        `DELETE FROM import_stubs AS s USING import_batches AS b
         WHERE s.workspace_id = $1 AND b.workspace_id = $1 AND b.id = s.import_batch_id
           AND ((s.import_batch_id = $2 AND (s.completed_by IS NULL OR s.completed_by = $2))
             OR (s.completed_by = $2 AND b.status IN ('reverted', 'partly_reverted')))`,
        [workspaceId, this.#batchId],
      );
      await tx.execute(
        'UPDATE import_stubs SET completed_by = NULL WHERE workspace_id = $1 AND completed_by = $2',
        [workspaceId, this.#batchId],
      );
      await tx.execute(
        `UPDATE import_batches SET status = $3::import_status, reverted_at = $4 WHERE workspace_id = $1 AND id = $2`,
        [
          workspaceId,
          this.#batchId,
          this.#report.kept > 0 ? 'partly_reverted' : 'reverted',
          new Date(this.#app.clock.now()).toISOString(),
        ],
      );
    });
  }
}

/** Entries in their order, put together as long as they are of one table. */
function runsOf(entries: readonly Entry[]): { table: string; ids: string[] }[] {
  const runs: { table: string; ids: string[] }[] = [];
  for (const { object, record_id } of entries) {
    const table = revertibleTables.find((candidate) => candidate === object);
    if (!table) continue;
    const last = runs.at(-1);
    if (last?.table === table) last.ids.push(record_id);
    else runs.push({ table, ids: [record_id] });
  }
  return runs;
}
