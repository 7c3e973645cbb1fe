import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Identity } from '#db/engine/types.ts';
import type { FilterCondition, FilterGroup, Sort } from '#shared/contract/list.ts';
import { opportunityStages } from '#shared/enums.ts';
import type { RecordOf } from '#shared/objects/objects.ts';
import { systemIds } from '#shared/runtime.ts';
import { fold } from '#shared/text/fold.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import * as fc from '#tests/support/property.ts';
import { addPerson, clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

/**
 * Lists against an evaluator in memory: random opportunities with empty fields, equal keys and letters of several
 * scripts, under random sorts, filters and page sizes.
 */
let engine: Engine;
let test: TestEngine;
let me: Identity;
let other: Identity;
/** Sees their own records only. */
let rep: Identity;
let client: ReturnType<typeof clientOf>;
let repClient: ReturnType<typeof clientOf>;
/** Every row as the contract gives it, with the folded name that the database made. */
let rows: (RecordOf<'opportunities'> & { nameKey: string })[];
/** Those that the representative sees, with the names that they are shown. */
let repRows: typeof rows;

const texts = ['alpha', 'Alpha', 'ÁLPHA', 'Beta %_\\', 'straße', 'Ωmega', 'Юг', '東京', 'a', ''];
const words = fc.constantFrom(...texts.filter(Boolean), 'lph', 'ET', '%', '_', '\\');
const amounts = ['0', '-5.5', '10', '10.0001', '1000000', '99999999999.9999'];
const days = ['2024-02-29', '2025-01-01', '2025-12-31', '2026-03-01'];
const moments = ['2025-06-01T00:00:00.000001Z', '2025-06-01T23:59:59.999999Z', '2025-06-02T00:00:00.000000Z'];
const flags = ['red', 'green', 'Blue'];

beforeAll(async () => {
  test = await openTestEngine();
  engine = test.engine;
  me = await seedWorkspace(engine);
  other = await addPerson(engine, me, 'Zoë Other', 'Sales Manager');
  rep = await addPerson(engine, me, 'zoe rep', 'Sales Representative');
  client = clientOf(testApplication(engine), me);
  repClient = clientOf(testApplication(engine), rep);
  await defineCustomFields();
  await insertOpportunities(fc.sample(opportunity, { numRuns: 120, seed: 7 }));
  rows = await everyRow(client);
  repRows = await everyRow(repClient);
});
afterAll(() => test.close());

const opportunity = fc.record({
  name: fc.constantFrom(...texts.filter(Boolean)),
  stage: fc.constantFrom(...opportunityStages),
  amount: fc.option(fc.constantFrom(...amounts)),
  close_date: fc.option(fc.constantFrom(...days)),
  next_step: fc.option(fc.constantFrom(...texts)),
  owner: fc.option(fc.constantFrom('me', 'other', 'rep')),
  account: fc.option(fc.constantFrom('Ähre', 'ahre', 'Zeta')),
  contact: fc.constantFrom('Ann', 'ann', 'Bob'),
  product: fc.option(fc.constantFrom('Pen', 'Ärmel')),
  created_at: fc.constantFrom(...moments),
  custom: fc.record(
    {
      note: fc.constantFrom(...texts),
      score: fc.constantFrom(-1, 0, 2.5, 100),
      hot: fc.boolean(),
      due: fc.constantFrom(...days),
      flags: fc.uniqueArray(fc.constantFrom(...flags)),
    },
    { requiredKeys: [] },
  ),
});
type Sample = typeof opportunity extends fc.Arbitrary<infer One> ? One : never;

async function defineCustomFields(): Promise<void> {
  const options = JSON.stringify(flags.map((value) => ({ value, label: value })));
  await engine.transaction({ as: me }, async (tx) => {
    for (const [key, type] of Object.entries({
      note: 'text',
      score: 'number',
      hot: 'boolean',
      due: 'date',
      flags: 'multi_select',
    })) {
      await tx.execute(
        `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, options)
         VALUES ($1, $2, 'opportunities', $3, $3, $4::custom_field_type, $5::text::jsonb)`,
        [me.workspaceId, systemIds.next(), key, type, type === 'multi_select' ? options : '[]'],
      );
    }
  });
}

async function insertOpportunities(samples: readonly Sample[]): Promise<void> {
  await engine.transaction({ as: me }, async (tx) => {
    const insert = async (sql: string, name: string, owner: string | null): Promise<string> => {
      const id = systemIds.next();
      await tx.execute(sql, [me.workspaceId, id, name, ...(owner === null ? [] : [owner])]);
      return id;
    };
    const ids = new Map<string, string>();
    for (const [name, owner] of Object.entries({ Ähre: rep, ahre: other, Zeta: rep })) {
      const sql = 'INSERT INTO accounts (workspace_id, id, name, owner_id) VALUES ($1, $2, $3, $4)';
      ids.set(name, await insert(sql, name, owner.userId));
    }
    for (const [name, owner] of Object.entries({ Ann: other, ann: rep, Bob: rep })) {
      const sql = 'INSERT INTO contacts (workspace_id, id, first_name, owner_id) VALUES ($1, $2, $3, $4)';
      ids.set(name, await insert(sql, name, owner.userId));
    }
    for (const name of ['Pen', 'Ärmel']) {
      ids.set(
        name,
        await insert('INSERT INTO products (workspace_id, id, name) VALUES ($1, $2, $3)', name, null),
      );
    }
    // What lies in the trash still names the records that refer to it.
    await tx.execute('UPDATE accounts SET deleted_at = now() WHERE name = $1', ['Zeta']);
    const idOf = (name: string | null) => (name === null ? null : (ids.get(name) ?? null));
    const owners = new Map(Object.entries({ me, other, rep }));
    for (const sample of samples) {
      await tx.execute(
        `INSERT INTO opportunities
           (workspace_id, id, name, stage, amount, close_date, next_step, owner_id, account_id, contact_id, product_id, created_at, custom_fields)
         VALUES ($1, $2, $3, $4::opportunity_stage, $5::numeric, $6::date, $7, $8, $9, $10, $11, $12::timestamptz, $13::text::jsonb)`,
        [
          me.workspaceId,
          systemIds.next(),
          sample.name,
          sample.stage,
          sample.amount,
          sample.close_date,
          sample.next_step,
          sample.owner === null ? null : (owners.get(sample.owner)?.userId ?? null),
          idOf(sample.account),
          idOf(sample.contact),
          idOf(sample.product),
          sample.created_at,
          JSON.stringify(sample.custom),
        ],
      );
    }
  });
}

async function everyRow(as: typeof client): Promise<typeof rows> {
  const { rows: records } = await as.opportunities.list({ limit: 200 });
  const keys = await engine.transaction({ as: me }, (tx) =>
    tx.query<{ id: string; name_key: string }>('SELECT id, name_key FROM opportunities'),
  );
  const byId = new Map(keys.map((key) => [key.id, key.name_key]));
  return records.map((record) => ({ ...record, nameKey: byId.get(record.id) ?? '' }));
}

type Row = (typeof rows)[number];

/** A field's value for comparing and sorting; null where it is empty. */
function valueOf(row: Row, field: string): string | number | boolean | readonly string[] | null {
  if (field.startsWith('custom.')) {
    return (row.customFields[field.slice(7)] ?? null) as ReturnType<typeof valueOf>;
  }
  switch (field) {
    case 'name':
      return row.nameKey;
    case 'amount':
      return row.amount === null ? null : Number(row.amount);
    case 'accountId':
      return row.accountName === null ? null : fold(row.accountName);
    case 'contactId':
      return row.contactName === null ? null : fold(row.contactName);
    case 'productId':
      return row.productName === null ? null : fold(row.productName);
    case 'ownerId':
      return row.ownerName === null ? null : fold(row.ownerName);
    case 'nextStep':
      return row.nextStep?.toLowerCase() ?? null;
    case 'stage':
      return opportunityStages.indexOf(row.stage);
    case 'closeDate':
      return row.closeDate;
    case 'createdAt':
      return row.createdAt;
    default:
      throw new Error(field);
  }
}

function compareValues(one: ReturnType<typeof valueOf>, other: ReturnType<typeof valueOf>): number {
  if (typeof one === 'string' && typeof other === 'string') {
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
  }
  return Number(one) - Number(other);
}

const references: Readonly<Record<string, (row: Row) => string | null>> = {
  accountId: (row) => row.accountId,
  contactId: (row) => row.contactId,
  productId: (row) => row.productId,
  ownerId: (row) => row.ownerId,
};

/** Whether the row refers to something by the field that its reader is not shown. */
function isHidden(row: Row, field: string): boolean {
  return valueOf(row, field) === null && (references[field]?.(row) ?? null) !== null;
}

/**
 * The order that the contract promises: nulls last either way, what refers to something hidden after them; records sorted
 * by one reference then by their own names; ties by id in the direction of the first field.
 */
function inOrder(given: readonly Row[], asked: readonly Sort[]): string[] {
  const [first] = asked;
  const byId = first?.direction === 'desc' ? -1 : 1;
  const isByReference = asked.length === 1 && first !== undefined && first.field in references;
  const sorts = isByReference ? [first, { field: 'name', direction: first.direction }] : asked;
  return [...given]
    .sort((one, other) => {
      if (first && valueOf(one, first.field) === null && valueOf(other, first.field) === null) {
        const difference = Number(isHidden(one, first.field)) - Number(isHidden(other, first.field));
        if (difference !== 0) return difference;
      }
      for (const { field, direction } of sorts) {
        const [a, b] = [valueOf(one, field), valueOf(other, field)];
        if (a === null && b === null) continue;
        if (a === null) return 1;
        if (b === null) return -1;
        const difference = compareValues(a, b) * (direction === 'asc' ? 1 : -1);
        if (difference !== 0) return difference;
      }
      return (one.id < other.id ? -1 : 1) * byId;
    })
    .map((row) => row.id);
}

const sortable = [
  ...Object.keys(references),
  'name',
  'amount',
  'nextStep',
  'stage',
  'closeDate',
  'createdAt',
  'custom.note',
  'custom.score',
  'custom.hot',
  'custom.due',
];
const directions = fc.constantFrom<Sort['direction']>('asc', 'desc');
const sorts = fc.oneof(
  fc.uniqueArray(fc.record({ field: fc.constantFrom(...sortable), direction: directions }), {
    minLength: 1,
    maxLength: 3,
    selector: (sort) => sort.field,
  }),
  // A click on a header asks for one.
  fc
    .record({ field: fc.constantFrom(...Object.keys(references)), direction: directions })
    .map((one) => [one]),
);
/** Who reads, and what they see: everything, or one's own with names hidden. */
const readers = fc.constantFrom('administrator', 'representative');
const readBy = (reader: string) =>
  reader === 'administrator' ? { as: client, seen: rows } : { as: repClient, seen: repRows };

async function walk(sort: Sort[], limit: number, filter?: FilterGroup, as = client): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await as.opportunities.list({
      sort,
      limit,
      ...(filter ? { filter } : {}),
      ...(cursor === undefined ? {} : { cursor }),
    });
    ids.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

it('hides names from the representative', () => {
  for (const field of ['accountId', 'contactId']) {
    expect(repRows.some((row) => isHidden(row, field))).toBe(true);
    expect(repRows.some((row) => valueOf(row, field) !== null)).toBe(true);
  }
});

describe('paging', () => {
  it('shows every row once, in order, whatever the sort and the page size', async () => {
    await fc.assert(
      fc.asyncProperty(readers, sorts, fc.integer({ min: 7, max: 90 }), async (reader, sort, limit) => {
        const { as, seen } = readBy(reader);
        expect(await walk(sort, limit, undefined, as)).toEqual(inOrder(seen, sort));
      }),
      { numRuns: 40 },
    );
  });

  it('jumps to any offset', async () => {
    await fc.assert(
      fc.asyncProperty(
        readers,
        sorts,
        fc.integer({ min: 0, max: 130 }),
        fc.integer({ min: 1, max: 60 }),
        async (reader, sort, offset, limit) => {
          const { as, seen } = readBy(reader);
          const page = await as.opportunities.list({ sort, offset, limit });
          const expected = inOrder(seen, sort).slice(offset, offset + limit);
          expect(page.rows.map((row) => row.id)).toEqual(expected);
          expect(page.nextCursor === null).toBe(offset + limit >= seen.length);
        },
      ),
      { numRuns: 40 },
    );
  });
});

const equality = ['is', 'is_not'] as const;
const ranges = ['less_than', 'at_most', 'greater_than', 'at_least'] as const;
const parts = ['contains', 'not_contains', 'starts_with'] as const;
const empties = ['is_empty', 'is_not_empty'] as const;
const choices = ['any_of', 'none_of'] as const;

function conditionOn<Operand extends string | number | boolean>(
  field: string,
  operand: fc.Arbitrary<Operand>,
  operators: { single: readonly FilterCondition['operator'][]; between?: boolean; choice?: boolean },
): fc.Arbitrary<FilterCondition> {
  const single = fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom(...operators.single),
    values: operand.map((one): Operand[] => [one]),
  });
  const none = fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom(...empties),
    values: fc.constant<FilterCondition['values']>([]),
  });
  const between = fc.record({
    field: fc.constant(field),
    operator: fc.constant<FilterCondition['operator']>('between'),
    values: fc.tuple(operand, operand).map((pair): Operand[] => pair),
  });
  const choice = fc.record({
    field: fc.constant(field),
    operator: fc.constantFrom(...choices),
    values: fc.array(operand, { minLength: 1, maxLength: 3 }),
  });
  return fc.oneof(
    single,
    none,
    ...(operators.between ? [between] : []),
    ...(operators.choice ? [choice] : []),
  );
}

const condition: fc.Arbitrary<FilterCondition> = fc.oneof(
  conditionOn('name', words, { single: [...equality, ...parts], choice: true }),
  conditionOn('nextStep', words, { single: [...equality, ...parts], choice: true }),
  conditionOn('amount', fc.constantFrom(...amounts), {
    single: [...equality, ...ranges],
    between: true,
    choice: true,
  }),
  conditionOn('closeDate', fc.constantFrom(...days), {
    single: [...equality, ...ranges],
    between: true,
    choice: true,
  }),
  conditionOn('createdAt', fc.constantFrom(...moments, '2025-06-01', '2025-06-02'), {
    single: [...equality, ...ranges],
    between: true,
    choice: true,
  }),
  conditionOn('stage', fc.constantFrom(...opportunityStages), { single: equality, choice: true }),
  conditionOn('accountId', words, { single: parts }),
  fc.constant<FilterCondition>({ field: 'ownerId', operator: 'is_me', values: [] }),
  conditionOn('custom.note', words, { single: [...equality, ...parts], choice: true }),
  conditionOn('custom.score', fc.constantFrom(-1, 0, 2.5, 3), {
    single: [...equality, ...ranges],
    between: true,
    choice: true,
  }),
  conditionOn('custom.hot', fc.boolean(), { single: equality }),
  conditionOn('custom.due', fc.constantFrom(...days), {
    single: [...equality, ...ranges],
    between: true,
    choice: true,
  }),
  conditionOn('custom.flags', fc.constantFrom(...flags), {
    single: ['is', 'is_not', 'contains', 'not_contains'],
    choice: true,
  }),
);

const { filter } = fc.letrec<{ filter: FilterGroup; part: FilterGroup | FilterCondition }>((tie) => ({
  part: fc.oneof({ maxDepth: 2, depthSize: 'small' }, condition, tie('filter')),
  filter: fc.record({
    join: fc.constantFrom('and', 'or'),
    conditions: fc.array(tie('part'), { maxLength: 4 }),
  }),
}));

function hasConditions(group: FilterGroup): boolean {
  return group.conditions.some((part) => ('join' in part ? hasConditions(part) : true));
}

function matches(row: Row, group: FilterGroup): boolean {
  const parts = group.conditions.filter((part) => !('join' in part) || hasConditions(part));
  if (parts.length === 0) return true;
  const results = parts.map((part) => ('join' in part ? matches(row, part) : holds(row, part)));
  return group.join === 'and' ? results.every(Boolean) : results.some(Boolean);
}

/** Text that compares folded; custom texts compare exactly for equality. */
function textOf(row: Row, field: string): string | null {
  switch (field) {
    case 'name':
      return row.nameKey;
    case 'accountId':
      return row.accountName === null ? null : fold(row.accountName);
    case 'nextStep':
      return row.nextStep === null ? null : fold(row.nextStep);
    default:
      return valueOf(row, field) as string | null;
  }
}

function holds(row: Row, { field, operator, values }: FilterCondition): boolean {
  switch (operator) {
    case 'is_not':
      return !holds(row, { field, operator: 'is', values });
    case 'none_of':
      return !holds(row, { field, operator: 'any_of', values });
    case 'not_contains':
      return !holds(row, { field, operator: 'contains', values });
    case 'is_empty':
      return !holds(row, { field, operator: 'is_not_empty', values });
    case 'any_of':
      return values.some((value) => holds(row, { field, operator: 'is', values: [value] }));
    case 'is_me':
      return row.ownerId === me.userId;
    case 'is_not_empty': {
      const value = valueOf(row, field);
      return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
    }
    case 'between': {
      const [from = '', to = ''] = values;
      return (
        holds(row, { field, operator: 'at_least', values: [from] }) &&
        holds(row, { field, operator: 'at_most', values: [to] })
      );
    }
    case 'is':
    case 'contains':
    case 'starts_with':
    case 'less_than':
    case 'at_most':
    case 'greater_than':
    case 'at_least':
      return compares(row, field, operator, values[0] ?? '');
    default:
      return operator satisfies never;
  }
}

function compares(row: Row, field: string, operator: string, operand: string | number | boolean): boolean {
  const value = valueOf(row, field);
  if (value === null) return false;
  if (field === 'custom.flags') return Array.isArray(value) && value.includes(String(operand));
  if (operator === 'contains' || operator === 'starts_with') {
    const [text, part] = [textOf(row, field) ?? '', String(operand)];
    const [within, sought] = [fold(text), fold(part)];
    return operator === 'contains' ? within.includes(sought) : within.startsWith(sought);
  }
  if (operator === 'is' && typeof value === 'string' && !isMoment(field))
    return isText(row, field, String(operand));
  const difference = isMoment(field)
    ? compareMoment(String(value), String(operand))
    : compareValues(value, asValue(field, operand));
  switch (operator) {
    case 'is':
      return difference === 0;
    case 'less_than':
      return difference < 0;
    case 'at_most':
      return difference <= 0;
    case 'greater_than':
      return difference > 0;
    case 'at_least':
      return difference >= 0;
    default:
      throw new Error(operator);
  }
}

function isText(row: Row, field: string, operand: string): boolean {
  if (field === 'name') return row.nameKey === fold(operand);
  if (field === 'nextStep') return textOf(row, field) === fold(operand);
  return valueOf(row, field) === operand;
}

function isMoment(field: string): boolean {
  return field === 'createdAt';
}

/** A day is the same as each of its moments. */
function compareMoment(moment: string, operand: string): number {
  const within = operand.length === 10 ? moment.slice(0, 10) : moment;
  return within < operand ? -1 : within > operand ? 1 : 0;
}

function asValue(field: string, operand: string | number | boolean): string | number | boolean {
  if (field === 'stage') return opportunityStages.indexOf(operand as RecordOf<'opportunities'>['stage']);
  return field === 'amount' || field === 'custom.score' ? Number(operand) : operand;
}

describe('filters', () => {
  it('keep the rows that an evaluator in memory keeps', async () => {
    await fc.assert(
      fc.asyncProperty(filter, sorts, async (given, sort) => {
        const expected = inOrder(
          rows.filter((row) => matches(row, given)),
          sort,
        );
        expect(await walk(sort, 200, given)).toEqual(expected);
        expect((await client.opportunities.count({ filter: given })).count).toBe(expected.length);
      }),
      { numRuns: 120 },
    );
  });
});
