import type { Engine, Identity } from '#db/engine/types.ts';
import type { ContractClient } from '#shared/contract/contract.ts';
import type { ListInput } from '#shared/contract/list.ts';
import { accountIdSchema, contactIdSchema, opportunityIdSchema } from '#shared/ids.ts';

/** Real records to ask for, different ones at each turn; the same on every run. */
export interface Sample {
  readonly accounts: readonly string[];
  readonly contacts: readonly string[];
  readonly opportunities: readonly string[];
  readonly owners: readonly string[];
  readonly words: readonly string[];
}

/** What the screens call. */
export type ScreenClient = Pick<
  ContractClient,
  'accounts' | 'contacts' | 'opportunities' | 'products' | 'pipeline' | 'timeline' | 'search'
>;

export interface Screen {
  readonly name: string;
  /** What a person does to see it: one or more calls of the contract. `turn` counts up from 0. */
  readonly show: (client: ScreenClient, sample: Sample, turn: number) => Promise<unknown>;
}

export async function takeSample(engine: Engine, identity: Identity): Promise<Sample> {
  return engine.transaction({ as: identity, readOnly: true, label: 'sample' }, async (tx) => {
    const ids = async (sql: string) => (await tx.query<{ id: string }>(sql)).map((row) => row.id);
    return {
      // Those with the longest timelines are the hard ones.
      accounts: await ids(
        `SELECT account_id AS id FROM activity_accounts GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 100`,
      ),
      contacts: await ids(`SELECT id FROM contacts ORDER BY md5(id::text) LIMIT 200`),
      opportunities: await ids(`SELECT id FROM opportunities ORDER BY md5(id::text) LIMIT 200`),
      owners: await ids(`SELECT owner_id AS id FROM opportunities GROUP BY 1 ORDER BY 1 LIMIT 50`),
      words: (
        await tx.query<{ last_name: string }>(
          `SELECT last_name FROM contacts WHERE last_name ~ '^[A-Za-z]{5,}$' ORDER BY md5(id::text) LIMIT 100`,
        )
      ).map((row) => row.last_name),
    };
  });
}

function at<T>(choices: readonly T[], turn: number): T {
  const chosen = choices[turn % choices.length];
  if (chosen === undefined) throw new RangeError('The workspace is too small for this screen.');
  return chosen;
}

const sortedBy = (field: string, direction: 'asc' | 'desc' = 'asc') =>
  ({ sort: [{ field, direction }] }) satisfies Partial<ListInput>;

const filterOf = (
  field: string,
  operator: 'is' | 'any_of' | 'contains' | 'at_least' | 'greater_than',
  ...values: string[]
) => ({ filter: { join: 'and', conditions: [{ field, operator, values }] } }) satisfies Partial<ListInput>;

/** A keystroke's worth of a word: what has been typed after three to six letters. */
function typed(sample: Sample, turn: number): string {
  return at(sample.words, turn).slice(0, 3 + (turn % 4));
}

export const screens: readonly Screen[] = [
  { name: 'contacts by name', show: (client) => client.contacts.list({}) },
  {
    name: 'contacts, next page',
    show: async (client, _, turn) =>
      cursorWalk(client, { sort: [{ field: 'name', direction: 'asc' }] }, turn),
  },
  {
    name: 'contacts, newest',
    show: (client) => client.contacts.list({ sort: [{ field: 'createdAt', direction: 'desc' }] }),
  },
  {
    name: 'contacts, last changed',
    show: (client) => client.contacts.list({ sort: [{ field: 'updatedAt', direction: 'desc' }] }),
  },
  {
    name: 'contacts, scrolled to the middle',
    show: (client, _, turn) => client.contacts.list({ offset: 49_000 + turn * 10 }),
  },
  {
    name: 'contacts of an account',
    show: (client, sample, turn) =>
      client.contacts.list(filterOf('accountId', 'is', at(sample.accounts, turn))),
  },
  {
    name: 'contacts that are customers',
    show: (client) =>
      client.contacts.list({
        ...filterOf('lifecycleStage', 'is', 'customer'),
        sort: [{ field: 'createdAt', direction: 'desc' }],
      }),
  },
  {
    name: 'contacts searched by name',
    show: (client, sample, turn) => client.contacts.list({ search: typed(sample, turn) }),
  },
  {
    name: 'contacts of one owner',
    show: (client, sample, turn) => client.contacts.list(filterOf('ownerId', 'is', at(sample.owners, turn))),
  },
  { name: 'contacts by account', show: (client) => client.contacts.list(sortedBy('accountId')) },
  {
    name: 'contacts by account, next page',
    show: (client, _, turn) => readOn(client, 'contacts', 'accountId', turn),
  },
  {
    name: 'contacts by account, scrolled to the middle',
    show: (client, _, turn) => client.contacts.list({ ...sortedBy('accountId'), offset: 49_000 + turn * 10 }),
  },
  {
    name: 'contacts by account, scrolled to those without',
    show: (client, _, turn) =>
      client.contacts.list({ ...sortedBy('accountId'), offset: 99_000 + (turn % 50) * 10 }),
  },
  {
    name: 'contacts by owner, next page',
    show: (client, _, turn) => readOn(client, 'contacts', 'ownerId', turn),
  },
  {
    name: 'contacts by owner, backwards, scrolled to the middle',
    show: (client, _, turn) =>
      client.contacts.list({ ...sortedBy('ownerId', 'desc'), offset: 49_000 + turn * 10 }),
  },
  {
    name: 'customers by account',
    show: (client) =>
      client.contacts.list({ ...filterOf('lifecycleStage', 'is', 'customer'), ...sortedBy('accountId') }),
  },
  { name: 'contacts counted', show: (client) => client.contacts.count({}) },
  { name: 'accounts by name', show: (client) => client.accounts.list({}) },
  {
    name: 'accounts by revenue',
    show: (client) => client.accounts.list({ sort: [{ field: 'annualRevenue', direction: 'desc' }] }),
  },
  {
    name: 'accounts by parent account, next page',
    show: (client, _, turn) => readOn(client, 'accounts', 'parentAccountId', turn),
  },
  {
    name: 'accounts of an industry',
    show: (client) => client.accounts.list(filterOf('industry', 'is', 'Healthcare')),
  },
  { name: 'opportunities by name', show: (client) => client.opportunities.list({}) },
  {
    name: 'opportunities by amount',
    show: (client) => client.opportunities.list({ sort: [{ field: 'amount', direction: 'desc' }] }),
  },
  {
    name: 'opportunities by account, next page',
    show: (client, _, turn) => readOn(client, 'opportunities', 'accountId', turn),
  },
  {
    name: 'opportunities by contact, next page',
    show: (client, _, turn) => readOn(client, 'opportunities', 'contactId', turn),
  },
  {
    name: 'opportunities by product, next page',
    show: (client, _, turn) => readOn(client, 'opportunities', 'productId', turn),
  },
  {
    name: 'opportunities in negotiation by close date',
    show: (client) =>
      client.opportunities.list({
        ...filterOf('stage', 'is', 'negotiation'),
        sort: [{ field: 'closeDate', direction: 'asc' }],
      }),
  },
  {
    name: 'opportunities of an account',
    show: (client, sample, turn) =>
      client.opportunities.list(filterOf('accountId', 'is', at(sample.accounts, turn))),
  },
  {
    name: 'open opportunities of one owner',
    show: (client, sample, turn) =>
      client.opportunities.list({
        filter: {
          join: 'and',
          conditions: [
            { field: 'ownerId', operator: 'is', values: [at(sample.owners, turn)] },
            { field: 'stage', operator: 'any_of', values: ['proposal', 'negotiation'] },
          ],
        },
        sort: [{ field: 'closeDate', direction: 'asc' }],
      }),
  },
  { name: 'products by name', show: (client) => client.products.list({}) },
  {
    name: 'a contact',
    show: (client, sample, turn) =>
      client.contacts.get({ id: contactIdSchema.parse(at(sample.contacts, turn)) }),
  },
  {
    name: 'an account',
    show: (client, sample, turn) =>
      client.accounts.get({ id: accountIdSchema.parse(at(sample.accounts, turn)) }),
  },
  {
    name: 'an opportunity',
    show: (client, sample, turn) =>
      client.opportunities.get({ id: opportunityIdSchema.parse(at(sample.opportunities, turn)) }),
  },
  {
    name: 'timeline of an account',
    show: (client, sample, turn) =>
      client.timeline.list({ object: 'accounts', id: accountIdSchema.parse(at(sample.accounts, turn)) }),
  },
  {
    name: 'timeline of a contact',
    show: (client, sample, turn) =>
      client.timeline.list({ object: 'contacts', id: contactIdSchema.parse(at(sample.contacts, turn)) }),
  },
  {
    name: 'timeline of an opportunity',
    show: (client, sample, turn) =>
      client.timeline.list({
        object: 'opportunities',
        id: opportunityIdSchema.parse(at(sample.opportunities, turn)),
      }),
  },
  {
    name: 'timeline of an account, meetings only',
    show: (client, sample, turn) =>
      client.timeline.list({
        object: 'accounts',
        id: accountIdSchema.parse(at(sample.accounts, turn)),
        kinds: ['meeting'],
      }),
  },
  { name: 'the board', show: (client) => client.pipeline.board({}) },
  {
    name: 'the board of one owner',
    show: (client, sample, turn) => client.pipeline.board(filterOf('ownerId', 'is', at(sample.owners, turn))),
  },
  {
    name: 'a keystroke in quick search',
    show: (client, sample, turn) => client.search.quick({ text: typed(sample, turn) }),
  },
];

/** The page after one that begins with a name somewhere in the list. */
async function cursorWalk(client: ScreenClient, list: ListInput, turn: number): Promise<unknown> {
  const first = await client.contacts.list({ ...list, offset: turn * 100, limit: 1 });
  return first.nextCursor === null ? first : client.contacts.list({ ...list, cursor: first.nextCursor });
}

/** A list sorted by a reference is opened and read on from one of its first rows. */
async function readOn(
  client: ScreenClient,
  object: 'accounts' | 'contacts' | 'opportunities',
  field: string,
  turn: number,
): Promise<unknown> {
  const list = sortedBy(field);
  const first = await client[object].list({ ...list, limit: 1 + (turn % 20) });
  return first.nextCursor === null ? first : client[object].list({ ...list, cursor: first.nextCursor });
}
