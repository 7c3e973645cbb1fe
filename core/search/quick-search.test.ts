import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import { recordIdSchema } from '#shared/ids.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { clientOf, seedWorkspace, testApplication } from '#tests/support/records.ts';

let test: TestEngine;
let me: Identity;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  test = await openTestEngine();
  me = await seedWorkspace(test.engine);
  client = clientOf(testApplication(test.engine), me);
  const { record: acme } = await client.accounts.create({
    values: { name: 'Ácme Steel', domain: 'acme.example', phoneOffice: '+1 (415) 555-0132' },
  });
  await client.accounts.create({ values: { name: 'Old Acme' } });
  await client.accounts.create({ values: { name: 'Macmerson' } });
  await client.contacts.create({
    values: {
      firstName: 'Anna',
      lastName: 'Acme',
      email: 'anna@other.example',
      phoneMobile: '030 / 555 777',
      accountId: acme.id,
    },
  });
  await client.contacts.create({ values: { firstName: '东', lastName: '王', email: 'wang@example.cn' } });
  await client.opportunities.create({
    values: { name: 'Renewal 100%', accountId: acme.id, externalRef: 'OPP-77' },
  });
  await client.products.create({ values: { name: 'GTX Pro', sku: 'GTX-1' } });
  const { record: gone } = await client.accounts.create({ values: { name: 'Acme Gone' } });
  await client.accounts.trash({ selection: { ids: [recordIdSchema.parse(gone.id)] } });
});
afterAll(() => test.close());

async function titles(text: string) {
  return (await client.search.quick({ text })).map((hit) => hit.title);
}

describe('quick search', () => {
  it('ranks the beginning of a name before a later word, that before the middle of one, and the trash last', async () => {
    expect(await titles('acme')).toEqual(['Ácme Steel', 'Anna Acme', 'Old Acme', 'Macmerson', 'Acme Gone']);
    expect((await client.search.quick({ text: 'acme gone' }))[0]).toMatchObject({
      title: 'Acme Gone',
      isTrashed: true,
    });
  });

  it.each([
    ['a', 'Ácme Steel', 'name'],
    ['ACME st', 'Ácme Steel', 'name'],
    ['acme.ex', 'Ácme Steel', 'domain'],
    ['415-555', 'Ácme Steel', 'phoneOffice'],
    ['+1 415 555 0132', 'Ácme Steel', 'phoneOffice'],
    ['anna@', 'Anna Acme', 'email'],
    ['+49 30 555777', 'Anna Acme', 'phoneMobile'],
    ['东', '东 王', 'name'],
    ['100%', 'Renewal 100%', 'name'],
    ['opp-77', 'Renewal 100%', 'externalRef'],
    ['gtx-1', 'GTX Pro', 'sku'],
  ])('finds by %j %s, by its %s', async (text, title, matched) => {
    const hits = await client.search.quick({ text });
    expect(hits[0]).toMatchObject({ title, matched });
  });

  it('always has the exact and the beginning, however many contain the text', async () => {
    await test.engine.transaction({ as: me }, (tx) =>
      tx.execute(
        `INSERT INTO contacts (workspace_id, id, first_name, last_name, email)
         SELECT $1, gen_random_uuid(), 'Zoe' || n, 'Xmarkusson', 'q' || n || 'xmarkus@crowd.example'
         FROM generate_series(1, 150) AS n`,
        [me.workspaceId],
      ),
    );
    await client.contacts.create({ values: { firstName: 'Zz', lastName: 'Markusová' } });
    await client.contacts.create({
      values: { firstName: 'Zz', lastName: 'Other', email: 'Markus@firm.example' },
    });
    await client.contacts.create({ values: { firstName: 'Márkus', lastName: '' } });
    const found = await titles('markus');
    expect(found.slice(0, 3)).toEqual(['Márkus', 'Zz Markusová', 'Zz Other']);
    expect((await client.search.quick({ text: 'MARKUS@firm.example' }))[0]).toMatchObject({
      title: 'Zz Other',
      matched: 'email',
    });
    expect((await client.search.quick({ text: 'xmarkus', limit: 5 })).length).toBe(5);
  });

  it.each(['محمد علي', '鈴木 一郎太', 'Ægir Þór', 'Łukasz Żółć', 'Ольга Петрова', 'İpek Şahin'])(
    'finds %s by the whole name and by its last word',
    async (name) => {
      const [firstName = '', lastName = ''] = name.split(' ');
      await client.contacts.create({ values: { firstName, lastName } });
      expect((await titles(name))[0]).toBe(name);
      expect((await titles(name.toLocaleUpperCase('en')))[0]).toBe(name);
      expect(await titles(lastName)).toContain(name);
    },
  );

  it('tells records of one name apart', async () => {
    const twins = [{ email: 'one@twins.example' }, { email: 'two@twins.example' }];
    for (const values of twins) {
      await client.contacts.create({ values: { firstName: 'Twin', lastName: 'Tweedle', ...values } });
    }
    const { record: firm } = await client.accounts.create({ values: { name: 'Tweedle Works' } });
    const deals = [
      { stage: 'prospecting', closeDate: '2031-02-03' },
      { stage: 'proposal', closeDate: '2031-02-04' },
    ] as const;
    for (const values of deals) {
      await client.opportunities.create({ values: { name: 'Tweedle deal', accountId: firm.id, ...values } });
    }
    const hits = await client.search.quick({ text: 'tweedle' });
    const shown = hits.map(({ title, subtitle, details }) => JSON.stringify([title, subtitle, details]));
    expect(hits).toHaveLength(5);
    expect(new Set(shown).size).toBe(5);
    expect(hits.find(({ title }) => title === 'Tweedle deal')?.details.map(({ field }) => field)).toEqual([
      'stage',
      'closeDate',
    ]);
  });

  it('shows where a person belongs, keeps to the objects asked for and to the limit', async () => {
    expect((await client.search.quick({ text: 'anna' }))[0]?.subtitle).toBe('Ácme Steel');
    expect(await client.search.quick({ text: 'acme', objects: ['contacts'] })).toHaveLength(1);
    expect(await client.search.quick({ text: 'acme', limit: 2 })).toHaveLength(2);
    expect(await titles('   ')).toEqual([]);
    expect(await titles('nobody')).toEqual([]);
    expect(await titles('%')).toEqual([]);
  });
});
