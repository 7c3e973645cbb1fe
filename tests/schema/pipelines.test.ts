import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

let home: WorkspaceDatabase;
let account: string;
/** A second pipeline, with two stages of one kind and none of most. */
const short = { pipeline: '', first: '', offer: '', secondOffer: '', won: '' };

beforeAll(async () => {
  home = await WorkspaceDatabase.open();
  account = await home.createAccount();
  short.pipeline = await addPipeline('Renewals', 2);
  short.first = await addStage(short.pipeline, 'qualification', 1);
  short.offer = await addStage(short.pipeline, 'proposal', 2);
  short.secondOffer = await addStage(short.pipeline, 'proposal', 3);
  short.won = await addStage(short.pipeline, 'closed_won', 4, 1);
});
afterAll(() => home[Symbol.asyncDispose]());

async function addPipeline(name: string, position: number): Promise<string> {
  const id = home.nextId();
  await home.as((tx) =>
    tx.query('INSERT INTO pipelines (workspace_id, id, name, position) VALUES ($1, $2, $3, $4)', [
      home.workspace,
      id,
      name,
      position,
    ]),
  );
  return id;
}

async function addStage(
  pipeline: string,
  kind: string,
  position: number,
  probability = 0.5,
): Promise<string> {
  const id = home.nextId();
  await home.as((tx) =>
    tx.query(
      `INSERT INTO pipeline_stages (workspace_id, id, pipeline_id, kind, name, position, probability)
       VALUES ($1, $2, $3, $4::text::opportunity_stage, $4::text || $5::int, $5::int, $6)`,
      [home.workspace, id, pipeline, kind, position, probability],
    ),
  );
  return id;
}

interface Place {
  readonly pipeline_id: string;
  readonly pipeline_stage_id: string;
  readonly stage: string;
}

async function add(values: Partial<Place> = {}): Promise<string> {
  const id = home.nextId();
  const columns = Object.keys(values);
  await home.as((tx) =>
    tx.query(
      `INSERT INTO opportunities (${['workspace_id', 'id', 'name', 'account_id', ...columns].join(', ')})
       VALUES (${['$1', '$2', "'Deal'", '$3', ...columns.map((_, index) => `$${index + 4}`)].join(', ')})`,
      [home.workspace, id, account, ...Object.values(values)],
    ),
  );
  return id;
}

async function place(id: string): Promise<Place | undefined> {
  const { rows } = await home.db.query<Place>(
    'SELECT pipeline_id, pipeline_stage_id, stage FROM opportunities WHERE id = $1',
    [id],
  );
  return rows[0];
}

const set = (id: string, assignments: string, params: unknown[] = []) =>
  home.as((tx) => tx.query(`UPDATE opportunities SET ${assignments} WHERE id = $1`, [id, ...params]));

const seeded = (name: string) =>
  home.one<string>('SELECT satchel.seeded_id($1, $2)', [home.workspace, name]).then(String);

describe('the stage of an opportunity', () => {
  test('is the first of its kind in the first pipeline where only the kind is named, or nothing', async () => {
    const pipeline = await seeded('pipeline');
    expect(await place(await add())).toEqual({
      pipeline_id: pipeline,
      pipeline_stage_id: await seeded('pipeline_stage:prospecting'),
      stage: 'prospecting',
    });
    expect(await place(await add({ stage: 'proposal' }))).toEqual({
      pipeline_id: pipeline,
      pipeline_stage_id: await seeded('pipeline_stage:proposal'),
      stage: 'proposal',
    });
  });

  test('says the pipeline and the kind, whatever else is written beside it', async () => {
    const there = { pipeline_id: short.pipeline, pipeline_stage_id: short.secondOffer, stage: 'proposal' };
    expect(await place(await add({ pipeline_stage_id: short.secondOffer }))).toEqual(there);
    const lying = { pipeline_stage_id: short.secondOffer, stage: 'closed_won', pipeline_id: home.nextId() };
    expect(await place(await add(lying))).toEqual(there);
    const moved = await add();
    await set(moved, 'pipeline_stage_id = $2', [short.secondOffer]);
    expect(await place(moved)).toEqual(there);
    // A stage of another kind, within the pipeline and by the kind alone.
    await set(moved, "stage = 'qualification'");
    expect(await place(moved)).toMatchObject({ pipeline_stage_id: short.first, stage: 'qualification' });
    await set(moved, "stage = 'proposal'");
    expect(await place(moved)).toMatchObject({ pipeline_stage_id: short.offer });
  });

  test('is the one of the same kind in another pipeline, or else its first', async () => {
    const offer = await add({ stage: 'proposal' });
    await set(offer, 'pipeline_id = $2', [short.pipeline]);
    expect(await place(offer)).toMatchObject({ pipeline_stage_id: short.offer, stage: 'proposal' });
    const early = await add({ stage: 'negotiation' });
    await set(early, 'pipeline_id = $2', [short.pipeline]);
    expect(await place(early)).toMatchObject({ pipeline_stage_id: short.first, stage: 'qualification' });
  });

  test('closes and reopens the opportunity, however it is named', async () => {
    const id = await add({ pipeline_stage_id: short.first });
    const closed = () =>
      home.one<boolean>('SELECT closed_at IS NOT NULL FROM opportunities WHERE id = $1', [id]);
    await set(id, 'pipeline_stage_id = $2', [short.won]);
    expect([(await place(id))?.stage, await closed()]).toEqual(['closed_won', true]);
    await set(id, 'pipeline_stage_id = $2', [short.offer]);
    expect([(await place(id))?.stage, await closed()]).toEqual(['proposal', false]);
  });

  test('is refused where the pipeline has none of the kind, and where there is none such', async () => {
    const id = await add({ pipeline_stage_id: short.first });
    await expect(set(id, "stage = 'closed_lost'")).rejects.toMatchObject({
      code: '23514',
      constraint: 'opportunities_stage_of_pipeline',
    });
    await expect(set(id, 'pipeline_stage_id = $2', [home.nextId()])).rejects.toMatchObject({
      code: '23503',
      constraint: 'opportunities_pipeline_stage_fkey',
    });
  });

  test('is kept by the history and by that of stages, and undo puts it back', async () => {
    const id = await add({ pipeline_stage_id: short.secondOffer });
    const changeSet = home.nextId();
    await home.as(
      (tx) => tx.query('UPDATE opportunities SET pipeline_stage_id = $2 WHERE id = $1', [id, short.offer]),
      {
        'satchel.change_set_id': changeSet,
      },
    );
    const { rows } = await home.db.query(
      `SELECT from_stage, to_stage, from_pipeline_stage_id, to_pipeline_stage_id
       FROM opportunity_stage_history WHERE opportunity_id = $1 ORDER BY id`,
      [id],
    );
    expect(rows).toEqual([
      {
        from_stage: null,
        to_stage: 'proposal',
        from_pipeline_stage_id: null,
        to_pipeline_stage_id: short.secondOffer,
      },
      {
        from_stage: 'proposal',
        to_stage: 'proposal',
        from_pipeline_stage_id: short.secondOffer,
        to_pipeline_stage_id: short.offer,
      },
    ]);
    await home.as((tx) => tx.query('SELECT * FROM satchel.undo_slice($1)', [changeSet]));
    expect(await place(id)).toMatchObject({ pipeline_stage_id: short.secondOffer });
  });
});

describe('a stage', () => {
  test('keeps its kind and its pipeline', async () => {
    await expect(
      home.as((tx) =>
        tx.query("UPDATE pipeline_stages SET kind = 'negotiation' WHERE id = $1", [short.offer]),
      ),
    ).rejects.toMatchObject({ code: '23514', constraint: 'pipeline_stages_kind' });
  });

  test('of an outcome is worth what is known, stays in sight, and is one of its pipeline', async () => {
    for (const assignment of ['probability = 0.9', 'is_hidden = true'])
      await expect(
        home.as((tx) => tx.query(`UPDATE pipeline_stages SET ${assignment} WHERE id = $1`, [short.won])),
      ).rejects.toMatchObject({ code: '23514', constraint: 'pipeline_stages_won' });
    await expect(addStage(short.pipeline, 'closed_won', 9, 1)).rejects.toMatchObject({ code: '23505' });
  });

  test('is not deleted for good while an opportunity stands in it', async () => {
    await add({ pipeline_stage_id: short.secondOffer });
    await expect(
      home.as((tx) => tx.query('DELETE FROM pipeline_stages WHERE id = $1', [short.secondOffer])),
    ).rejects.toMatchObject({ code: '23503' });
  });

  test('is changed by those who set the workspace up, and read by everybody', async () => {
    const rep = await home.addPerson('Sales Representative');
    const as = { 'satchel.user_id': rep };
    const { rows } = await home.as((tx) => tx.query('SELECT id FROM pipeline_stages'), as);
    expect(rows).toHaveLength(12);
    const changed = await home.as((tx) => tx.query("UPDATE pipeline_stages SET name = 'x' RETURNING id"), as);
    expect(changed.rows).toEqual([]);
  });
});
