import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importModuleOf } from '#core/objects/import-modules.ts';
import { recordIdSchema } from '#shared/ids.ts';
import {
  definitionOf,
  type FieldDefinition,
  fieldsOf,
  isObject,
  type ObjectName,
  objectNames,
} from '#shared/objects/objects.ts';
import { addPerson, clientOf } from '../support/records.ts';
import { csv, ImportClient } from './import-client.ts';

/**
 * What every object of the catalogue can do, asked of each on a record that is made up from its fields: one that is added
 * later is asked too.
 */

type Values = Record<string, unknown>;
type AnyClient = ReturnType<typeof clientOf>['accounts'];

/** Who makes records; what the whole workspace shares may be somebody else's to make. */
interface Maker extends Pick<ImportClient, 'client' | 'identity'> {
  readonly administrator?: ImportClient;
}

/** The procedures of an object, without its own types. */
function procedures(client: ImportClient['client'], object: ObjectName): AnyClient {
  return client[object] as unknown as AnyClient;
}

/** A value that a field takes; `turn` tells two records apart. */
function valueOf(
  { key, type, options }: FieldDefinition,
  turn: number,
): string | number | boolean | undefined {
  switch (type) {
    case 'text':
      return key === 'currency' ? 'EUR' : `${key} ${String(turn)}`;
    case 'long_text':
      return `${key} ${String(turn)}`;
    case 'email':
      return `${key}${String(turn)}@example.com`;
    case 'phone':
      return `+49 30 90182${String(100 + turn)}`;
    case 'url':
      return `https://example.com/${key}/${String(turn)}`;
    case 'integer':
      return 1_990 + turn;
    case 'money':
      return `${String(turn)}5.5000`;
    case 'percent':
      return '0.5000';
    case 'date':
      return `2026-03-0${String(turn)}`;
    case 'datetime':
      return `2026-03-0${String(turn)}T09:30:00.000000Z`;
    case 'boolean':
      return true;
    case 'select':
      return options?.[0];
    case 'reference':
    case 'tags':
      return undefined;
    default:
      return type satisfies never;
  }
}

const writable = (object: ObjectName) => fieldsOf(object).filter(({ isReadOnly }) => isReadOnly !== true);

/** Values for all fields of a new record, with a record of each other object that it may refer to. */
async function valuesFor(home: Maker, object: ObjectName, turn: number): Promise<Values> {
  const values: Values = {};
  for (const field of writable(object)) {
    if (isObject(field.target)) {
      const isShared = definitionOf(field.target).access === 'shared';
      const maker = isShared ? (home.administrator ?? home) : home;
      if (field.target !== object) values[field.key] = await made(maker, field.target, turn);
    } else if (field.target !== undefined) values[field.key] = home.identity.userId;
    else values[field.key] = valueOf(field, turn);
  }
  return values;
}

async function made(home: Maker, object: ObjectName, turn: number): Promise<string> {
  const values = await valuesFor(home, object, turn);
  const { record } = await procedures(home.client, object).create({ values });
  return record.id;
}

const pick = (record: object, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key): [string, unknown] => [key, Reflect.get(record, key)]));

/** A field of text that a person may change and that no rule depends on. */
function plainField(object: ObjectName): string {
  const definition = definitionOf(object);
  const field =
    writable(object).find(({ type }) => type === 'long_text') ??
    writable(object).find(({ key, type }) => type === 'text' && key !== definition.title);
  if (!field) throw new Error(`${object} has no text to change.`);
  return field.key;
}

describe.each(objectNames)('%s', (object) => {
  const definition = definitionOf(object);
  let home: ImportClient;
  beforeAll(async () => {
    home = await ImportClient.open();
  });
  afterAll(() => home[Symbol.asyncDispose]());

  test('are made, found, changed, thrown away and brought back, each of which is undone', async () => {
    const records = procedures(home.client, object);
    const { undo } = home.client.history;
    const values = await valuesFor(home, object, 1);
    const { record, changeSetId } = await records.create({ values });
    const id = recordIdSchema.parse(record.id);
    const given = Object.keys(values).filter((key) => values[key] !== undefined);
    expect(pick(record, given)).toEqual(pick(values, given));
    expect(await records.get({ id })).toEqual(record);

    const title = String(Reflect.get(record, definition.title));
    const found = await records.list({ search: title });
    expect(found.rows.map((row) => row.id)).toEqual([record.id]);
    const hits = await home.client.search.quick({ text: title, objects: [object] });
    expect(hits.map((hit) => hit.title)).toContain(title);

    const key = plainField(object);
    const changed = await records.update({ id, values: { [key]: 'Changed' } });
    expect(Reflect.get(changed.record, key)).toBe('Changed');
    await undo({ changeSetId: changed.changeSetId });
    expect(Reflect.get(await records.get({ id }), key)).toBe(values[key]);

    const bulk = await records.bulkUpdate({ selection: { ids: [id] }, values: { [key]: 'In bulk' } });
    expect(bulk.changed).toBe(1);
    await undo({ changeSetId: bulk.changeSetId });
    expect(Reflect.get(await records.get({ id }), key)).toBe(values[key]);

    const trashed = await records.trash({ selection: { ids: [id] } });
    expect((await records.list({})).rows.map((row) => row.id)).not.toContain(record.id);
    expect((await records.list({ trashed: true })).rows.map((row) => row.id)).toContain(record.id);
    await undo({ changeSetId: trashed.changeSetId });
    expect((await records.get({ id })).deletedAt).toBeNull();

    await undo({ changeSetId });
    expect((await records.get({ id })).deletedAt).not.toBeNull();
    await records.restore({ selection: { ids: [id] } });
    expect((await records.get({ id })).deletedAt).toBeNull();
    await records.trash({ selection: { ids: [id] } });
    expect(await records.purge({ selection: { ids: [id] } })).toEqual({ purged: 1 });
    await expect(records.get({ id })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('are sorted by each field that says so, and filtered by each', async () => {
    const records = procedures(home.client, object);
    const one = await made(home, object, 1);
    for (const { key, isSortable } of fieldsOf(object)) {
      if (isSortable !== true) continue;
      const { rows } = await records.list({ sort: [{ field: key, direction: 'desc' }] });
      expect({ key, ids: rows.map((row) => row.id) }).toEqual({
        key,
        ids: expect.arrayContaining([one]) as unknown,
      });
    }
    for (const { key } of fieldsOf(object)) {
      const conditions = [{ field: key, operator: 'is_empty' as const, values: [] }];
      expect(await records.count({ filter: { join: 'and', conditions } })).toMatchObject({
        isEstimate: false,
      });
    }
  });

  test('are out of reach of another workspace, and what a role may not do is refused', async () => {
    const id = recordIdSchema.parse(await made(home, object, 1));
    const identity = await addPerson(home.app.engine, home.identity, 'Nora Nobody', 'Sales Representative');
    const client = clientOf(home.app, identity);
    const values = await valuesFor({ client, identity, administrator: home }, object, 2);
    await home.app.engine.transaction({ as: 'system' }, (tx) =>
      tx.execute(
        `DELETE FROM role_permissions AS rp USING permissions AS p, roles AS r
         WHERE p.workspace_id = rp.workspace_id AND p.id = rp.permission_id AND p.object = $1
           AND r.workspace_id = rp.workspace_id AND r.id = rp.role_id AND r.role_name = 'Sales Representative'`,
        [definition.singular],
      ),
    );
    const records = procedures(client, object);
    await expect(records.get({ id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(records.create({ values })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('come in from a file, and are taken back', async () => {
    const module = importModuleOf(object);
    const needsOneOf: readonly string[] = definition.importing.needsOneOf;
    const fields = writable(object).filter(({ key }) => (module.headers[key] ?? []).length > 0);
    const linked = await valuesFor(home, object, 3);
    const cells: [string, string][] = [];
    for (const field of fields) {
      const [header = ''] = module.headers[field.key] ?? [];
      if (isObject(field.target)) {
        const id = linked[field.key];
        if (typeof id !== 'string' || !needsOneOf.includes(field.key)) continue;
        const target = await procedures(home.client, field.target).get({ id: recordIdSchema.parse(id) });
        cells.push([header, String(Reflect.get(target, definitionOf(field.target).title))]);
      } else if (field.target === undefined) {
        const value = valueOf(field, 3);
        if (value !== undefined) cells.push([header, field.type === 'percent' ? '50%' : String(value)]);
      }
    }
    const file = csv(
      `${object}.csv`,
      cells.map(([header]) => header).join(';'),
      cells.map(([, cell]) => cell).join(';'),
    );
    const report = await home.import([file], (plan) => {
      for (const each of plan.files) each.object = object;
    });
    expect(report.counts[object]).toEqual({ created: 1, updated: 0, skipped: 0, failed: 0 });
    const inBatch = {
      filter: {
        join: 'and' as const,
        conditions: [{ field: 'importBatchId', operator: 'is' as const, values: [String(report.batchId)] }],
      },
    };
    const records = procedures(home.client, object);
    expect((await records.list(inBatch)).rows).toHaveLength(1);
    await home.revert(report.batchId);
    expect((await records.list(inBatch)).rows).toEqual([]);
  });
});
