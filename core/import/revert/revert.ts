import type { Identity, Tx } from '#db/engine/types.ts';
import { arrayOf, returning, text } from '#db/row.ts';
import { type RevertEvent, type RevertReport } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { type ImportBatchId, recordIdSchema } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import type { Application, WorkPace } from '../../context.ts';
import { newChangeSetId, openChangeSet } from '../../data/change-set.ts';
import { importModules } from '../../objects/import-modules.ts';
import { setStatus } from '../batches/batch-rows.ts';
import { SliceBudget } from '../run/slice-budget.ts';
import { noteTableSizes } from '../statistics.ts';
import { YieldPace } from '../yield-pace.ts';
import {
  keptSamples,
  Outcome,
  type RevertedBatch,
  readRevertedBatch,
  start,
  takeBack,
  trashCreated,
} from './take-back.ts';

const maxSamples = 50;

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
  readonly #outcome = new Outcome();
  readonly #slices: SliceBudget;

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
  }

  /** @throws SatchelError `not_found`, `conflict` when it was reverted already, `forbidden` */
  async run(): Promise<RevertReport> {
    const batch = await this.#begin();
    const pace = new YieldPace();
    await noteTableSizes(this.#app, [
      ...importModules.map(({ name }) => name),
      'change_sets',
      'field_history',
    ]);
    for (let place = start; place.done < batch.changeSets.length; ) {
      const from = place;
      place = await this.#transaction(async (tx) => {
        await this.#slices.began(tx);
        await this.#openChangeSet(tx);
        return takeBack(tx, batch, from, this.#slices.rows, this.#outcome);
      });
      this.#slices.took(place.examined);
      this.#emit({ type: 'progress', done: place.done, total: batch.changeSets.length });
      await pace.step();
    }
    await this.#removeEmptyStubs();
    return this.#end();
  }

  #transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#app.engine.transaction(
      { as: this.#identity, priority: 'background', label: 'import: revert' },
      work,
    );
  }

  async #begin(): Promise<RevertedBatch> {
    return this.#transaction(async (tx) => {
      const batch = await readRevertedBatch(tx, this.#identity, this.#batchId);
      if (batch.status === 'reverted')
        throw new SatchelError('conflict', say`This import was reverted already.`);
      await setStatus(tx, this.#identity, this.#batchId, 'reverting');
      return batch;
    });
  }

  /** One for each slice. Marked as a person's doing, it is told apart from the import's own change sets. */
  async #openChangeSet(tx: Tx): Promise<void> {
    await openChangeSet(tx, this.#identity, newChangeSetId(this.#app.ids), {
      label: say`Reverted an import`,
      importBatchId: this.#batchId,
    });
  }

  /**
   * Records that this import completed and an import reverted earlier had made: their rows are gone now too. They are moved
   * to the trash, since only what a running revert made may be deleted at once.
   */
  async #removeEmptyStubs(): Promise<void> {
    await this.#transaction(async (tx) => {
      const stubs = await tx.rows(
        returning({ object: 'import_stubs.object', ids: arrayOf(text) }),
        `SELECT s.object, array_agg(s.record_id::text) AS ids FROM import_stubs AS s
         JOIN import_batches AS b ON b.workspace_id = s.workspace_id AND b.id = s.import_batch_id
         WHERE s.workspace_id = $1 AND s.completed_by = $2 AND b.status IN ('reverted', 'partly_reverted')
         GROUP BY s.object`,
        [this.#identity.workspaceId, this.#batchId],
      );
      if (stubs.length === 0) return;
      await this.#openChangeSet(tx);
      // What refers to others goes first.
      for (const { name } of importModules.toReversed()) {
        const ids = stubs.find(({ object }) => object === name)?.ids;
        if (ids) await trashCreated(tx, name, ids, this.#batchId, this.#outcome);
      }
    });
  }

  async #end(): Promise<RevertReport> {
    const { workspaceId } = this.#identity;
    const { removed, restored, kept } = this.#outcome;
    return this.#transaction(async (tx) => {
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
          kept.size > 0 ? 'partly_reverted' : 'reverted',
          new Date(this.#app.clock.now()).toISOString(),
        ],
      );
      const samples = await keptSamples(tx, this.#identity, this.#outcome, maxSamples);
      return {
        batchId: this.#batchId,
        removed,
        restored: restored.size,
        kept: kept.size,
        keptSamples: samples.map((sample) => ({ ...sample, id: recordIdSchema.parse(sample.id) })),
      };
    });
  }
}
