import type { Engine, Priority, Tx } from '#db/engine/types.ts';
import { jsonb, returning } from '#db/row.ts';
import type { Progress } from '#shared/contract/workspace.ts';
import { type OpportunityStage, opportunityStages } from '#shared/enums.ts';
import { SatchelError } from '#shared/errors.ts';
import type { WorkspaceId } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import type { WorkPace } from '../context.ts';
import { copyTarget, copyText } from './copy-text.ts';
import type { StoryPipeline } from './deal-rows.ts';
import { demoSetting } from './demo-setting.ts';
import { type DemoTable, demoTableNames, type RowGroup } from './rows.ts';
import { type StoryOptions, storyBegins, tellStory } from './story.ts';

export interface LoadOptions extends Omit<StoryOptions, 'pipeline'> {
  readonly workspaceId: WorkspaceId;
  /** `background`: transactions of about 30 ms each, between which a person can work. `bulk`: large ones. */
  readonly pace: WorkPace;
  readonly signal?: AbortSignal;
}

const sliceMilliseconds = 30;
const bulkRows = 40_000;

/**
 * Writes the example firm into a workspace. The rows refer to each other correctly by their making (a test proves it), and
 * an example has no history: so they are written with triggers and foreign key checks off, which is several times
 * faster, and the interface is told of the change by hand.
 */
export async function* loadStory(engine: Engine, options: LoadOptions): AsyncGenerator<Progress> {
  const writer = new SliceWriter(engine, options);
  const total = options.contacts + options.activities;
  yield { done: 0, total, step: 'months' };
  for (const month of monthsBetween(storyBegins(options.now), options.now)) {
    await writer.transaction('demo months', (tx) =>
      tx.query('SELECT satchel.ensure_activity_partitions($1::date, $1::date)', [month]),
    );
  }
  const pipeline = await readPipeline(engine, options.workspaceId);
  for (const group of tellStory({ ...options, pipeline })) {
    if (await writer.add(group)) yield { done: writer.done, total, step: 'records' };
  }
  await writer.flush();
  yield { done: writer.done, total, step: 'statistics' };
  await writer.finish();
  yield { done: total, total, step: 'done' };
}

/** The workspace's first pipeline that has a stage of each kind. */
async function readPipeline(engine: Engine, workspaceId: WorkspaceId): Promise<StoryPipeline> {
  const [row] = await engine.transaction({ as: 'system', readOnly: true, label: 'demo pipeline' }, (tx) =>
    tx.rows(
      returning({ id: 'pipelines.id', stages: jsonb<Record<OpportunityStage, string>>() }),
      `SELECT p.id, jsonb_object_agg(s.kind, s.id ORDER BY s.position DESC, s.id) AS stages
       FROM pipelines p JOIN pipeline_stages s ON s.workspace_id = p.workspace_id AND s.pipeline_id = p.id
       WHERE p.workspace_id = $1 AND p.deleted_at IS NULL AND s.deleted_at IS NULL
       GROUP BY p.id, p.position
       HAVING count(DISTINCT s.kind) = $2
       ORDER BY p.position, p.id LIMIT 1`,
      [workspaceId, opportunityStages.length],
    ),
  );
  if (!row) throw new SatchelError('conflict', say`An example needs a pipeline with all stages.`);
  return { id: row.id, stageIds: row.stages };
}

/** First days of the months from one moment to another. */
function* monthsBetween(from: number, to: number): Generator<string> {
  const month = new Date(from);
  month.setUTCDate(1);
  for (; month.getTime() <= to; month.setUTCMonth(month.getUTCMonth() + 1)) {
    yield month.toISOString().slice(0, 10);
  }
}

class SliceWriter {
  readonly #engine: Engine;
  readonly #options: LoadOptions;
  readonly #texts = new Map<DemoTable, string[]>();
  #rows = 0;
  #rowsPerSlice: number;
  #collected = 0;
  done = 0;

  constructor(engine: Engine, options: LoadOptions) {
    this.#engine = engine;
    this.#options = options;
    this.#rowsPerSlice = options.pace === 'bulk' ? bulkRows : 300;
  }

  async transaction<T>(label: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const { pace, signal } = this.#options;
    const priority: Priority = pace === 'bulk' ? 'interactive' : 'background';
    return this.#engine.transaction(
      { as: 'system', source: 'system', label, priority, ...(signal && { signal }) },
      work,
    );
  }

  /** Keeps the group for the next slice; true when that made a slice and it was written. */
  async add(group: RowGroup): Promise<boolean> {
    for (const table of demoTableNames) {
      const rows = group[table];
      if (!rows) continue;
      const texts = this.#texts.get(table) ?? [];
      texts.push(copyText(table, rows, this.#options.workspaceId));
      this.#texts.set(table, texts);
      this.#rows += rows.length;
    }
    this.#collected += (group.contacts?.length ?? 0) + (group.activities?.length ?? 0);
    if (this.#rows < this.#rowsPerSlice) return false;
    await this.flush();
    return true;
  }

  async flush(): Promise<void> {
    if (this.#rows === 0) return;
    const started = performance.now();
    await this.transaction('demo records', async (tx) => {
      await tx.script('SET LOCAL session_replication_role = replica');
      for (const [table, texts] of this.#texts) {
        await tx.copyIn(copyTarget(table), new Blob(texts), 'text');
        await this.#notify(tx, table);
      }
    });
    if (this.#options.pace === 'background') this.#adapt(performance.now() - started);
    this.#texts.clear();
    this.#rows = 0;
    this.done = this.#collected;
  }

  /** Team leaders, the mark of a demo workspace, and what the planner knows about the tables. */
  async finish(): Promise<void> {
    const { workspaceId } = this.#options;
    await this.transaction('demo teams', async (tx) => {
      await tx.execute(
        `UPDATE teams SET manager_id = u.id
         FROM users u
         WHERE teams.workspace_id = $1 AND teams.manager_id IS NULL
           AND u.workspace_id = teams.workspace_id AND u.team_id = teams.id AND u.title = 'Sales Manager'`,
        [workspaceId],
      );
      await tx.execute(
        `INSERT INTO settings (workspace_id, key, value) VALUES ($1, $2, 'true') ON CONFLICT DO NOTHING`,
        [workspaceId, demoSetting],
      );
    });
    for (const table of demoTableNames) {
      await this.transaction('demo statistics', (tx) => tx.script(`ANALYZE ${table}`));
    }
  }

  async #notify(tx: Tx, table: DemoTable): Promise<void> {
    await tx.query(`SELECT pg_notify('satchel_changes', $1)`, [
      JSON.stringify({ workspace_id: this.#options.workspaceId, table }),
    ]);
  }

  /** The next slice shall take as long as a slice should; at most twice as many rows at a time, for caches warm up. */
  #adapt(milliseconds: number): void {
    const fitting = (this.#rowsPerSlice * sliceMilliseconds) / Math.max(1, milliseconds);
    this.#rowsPerSlice = Math.round(Math.min(4_000, this.#rowsPerSlice * 2, Math.max(50, fitting)));
  }
}
