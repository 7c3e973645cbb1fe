import { describe, expect, test } from 'vitest';
import { accountIdSchema } from '#shared/ids.ts';
import { definitionOf, fieldsOf, objectNames } from '#shared/objects/objects.ts';
import { english } from '../i18n/i18n.ts';
import type { Texts } from '../i18n/pseudo-locale.ts';
import { shortcutsWith } from '../shortcuts/registry.ts';
import { screenObjects } from './catalogue.ts';
import { contacts } from './contacts.tsx';
import { firstOffered, screenObject } from './define.ts';
import { relationsOf, scopeOf } from './relations.ts';

const fileOf = (name: string): Texts => {
  const file = english.objects[name];
  return typeof file === 'object' ? file : {};
};
/** The text at a path such as `tabs.people.label`, of an object's file. */
const textAt = (name: string, path: string): string | Texts | undefined =>
  path
    .split('.')
    .reduce<string | Texts | undefined>(
      (found, word) => (typeof found === 'object' ? found[word] : undefined),
      fileOf(name),
    );
const leaves = (texts: Texts, path = ''): string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [`${path}${key}`] : leaves(text, `${path}${key}.`),
  );

describe.each(objectNames)('%s', (name) => {
  const screen = screenObjects[name];
  const definition = definitionOf(name);
  const fields = fieldsOf(name);
  const isField = (key: string) => fields.some((field) => field.key === key);

  test('stands under its own name, with an icon', () => {
    expect(screen.name).toBe(name);
    expect(screen.icon).toBeDefined();
  });

  test('has every text, and none that nothing shows', () => {
    const tabs = [...Object.values(screen.shownOn), ...screen.tabsThrough];
    const primaryTexts = ['makePrimary', 'isPrimary', 'madePrimary'];
    const wanted = new Set([
      'many',
      'count_one',
      'count_other',
      'create',
      'all',
      'empty.title',
      'empty.text',
      ...fields.map(({ key }) => `fields.${key}`),
      // What only a file says of it; two such columns are called alike everywhere.
      ...definition.importing.extra
        .filter((key) => key !== 'fullName' && key !== 'sourceId')
        .map((key) => `fields.${key}`),
      ...tabs.flatMap((tab) => ['label', 'title', 'text'].map((text) => `tabs.${tab.name}.${text}`)),
      ...screen.tabsThrough.flatMap((tab) => primaryTexts.map((text) => `tabs.${tab.name}.${text}`)),
      ...Object.values(screen.shownOn).flatMap(({ parts }) =>
        (parts ?? []).map((part) => `parts.${part.name}`),
      ),
      ...screen.layouts.map((layout) => `layouts.${layout.name}`),
    ]);
    expect(leaves(fileOf(name)).toSorted()).toEqual([...wanted].toSorted());
    expect([...wanted].filter((path) => textAt(name, path) === '')).toEqual([]);
  });

  test('names fields that are there', () => {
    const tabs = Object.values(screen.shownOn);
    const named = [
      ...Object.keys(screen.widths),
      ...screen.firstFields,
      ...Object.keys(screen.startValues),
      ...screen.facts,
      ...screen.trashColumns,
      ...Object.keys(screen.shownOn),
      ...tabs.flatMap(({ columns, sort }) => [...columns, ...sort.map(({ field }) => field)]),
      ...tabs.flatMap(({ parts }) => (parts ?? []).map(({ condition }) => condition.field)),
      ...screen.suggestedLinks,
      ...screen.tabsThrough.flatMap(({ through, primary }) => [through, primary]),
    ];
    expect(named.filter((key) => !isField(key))).toEqual([]);
    // What names a record comes first where records are listed.
    expect(screen.trashColumns[0]).toBe(definition.title);
    for (const { columns } of tabs) expect(columns[0]).toBe(definition.title);
    expect(screen.facts).not.toContain(definition.title);
  });

  test('sorts its tabs by what lists can be sorted by', () => {
    const sorts = Object.values(screen.shownOn).flatMap(({ sort }) => sort.map(({ field }) => field));
    expect(sorts.filter((key) => !fields.find((field) => field.key === key)?.isSortable)).toEqual([]);
  });

  test('asks for what a new one needs, or starts with it', () => {
    const shape = definition.fields;
    const needed = fields.filter(
      ({ key, isReadOnly }) => !isReadOnly && !shape[key]?.given.safeParse(null).success,
    );
    const starts = needed.filter(({ key, type }) => !(key === definition.title && type === 'text'));
    const lacking = starts.filter((field) => {
      const start = screen.startValues[field.key];
      const value = typeof start === 'function' ? start(field) : start;
      return shape[field.key]?.given.safeParse(value).success !== true;
    });
    expect(lacking).toEqual([]);
    expect(screen.firstFields.length).toBeGreaterThan(0);
  });

  test('leads through tabs that the other object has', () => {
    const lacking = screen.tabsThrough.filter(({ object, field }) => !screenObjects[object].shownOn[field]);
    expect(lacking).toEqual([]);
  });
});

test('every shortcut of two keys is its own', () => {
  const all = shortcutsWith(screenObjects);
  const ways = all.flatMap(({ keys }) => keys).filter((keys) => keys.includes(' '));
  expect(ways.length).toBeGreaterThan(objectNames.length);
  expect(new Set(ways).size).toBe(ways.length);
  const ids = all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const name of objectNames) expect(ids).toContain(`go:${name}`);
});

const recordId = accountIdSchema.parse('019a2b3c-0000-7000-8000-000000000001');
const accountId = '019a2b3c-0000-7000-8000-000000000002';
const record = { id: recordId, name: 'Lenses', customFields: {}, accountId, accountName: 'Nordlys' };

describe('the tabs of a page', () => {
  test('have a place and a key of their own', () => {
    for (const name of objectNames) {
      const relations = relationsOf(screenObjects, name, record);
      expect(new Set(relations.map(({ key }) => key)).size).toBe(relations.length);
      expect(new Set(relations.map(({ place }) => place)).size).toBe(relations.length);
    }
  });

  test('are what refers to its record, in the order of their places', () => {
    const relations = relationsOf(screenObjects, 'accounts', record);
    const shown = relations.map(({ object, field, target }) => `${object}.${field} of ${target?.name ?? ''}`);
    const known = [
      'contacts.accountId of Lenses',
      'opportunities.accountId of Lenses',
      'accounts.parentAccountId of Lenses',
    ];
    expect(shown.filter((relation) => known.includes(relation))).toEqual(known);
    const deals = relations.find(({ object }) => object === 'opportunities');
    if (!deals) throw new Error('Accounts show their opportunities.');
    expect(scopeOf(deals, recordId, deals.parts[1]).filter?.conditions).toEqual([
      { field: 'accountId', operator: 'is', values: [recordId] },
      { field: 'stage', operator: 'any_of', values: ['closed_won', 'closed_lost'] },
    ]);
  });

  test('show what refers to the same record, where there is one', () => {
    const people = relationsOf(screenObjects, 'opportunities', record).find(({ primary }) => primary);
    expect(people).toMatchObject({
      object: 'contacts',
      texts: 'objects.opportunities.tabs.people',
      target: { id: accountId, name: 'Nordlys' },
      columns: contacts.shownOn['accountId']?.columns,
      primary: { object: 'opportunities', field: 'contactId', displayKey: 'contactName' },
    });
    const alone = { ...record, accountId: null };
    const none = relationsOf(screenObjects, 'opportunities', alone).find(({ primary }) => primary);
    expect(none?.target).toBeNull();
  });
});

test('a new record starts with the first option that is offered', () => {
  expect(firstOffered({ options: ['new', 'won'], hiddenOptions: ['new'] })).toBe('won');
  expect(firstOffered({ options: [], hiddenOptions: [] })).toBeNull();
});

test('a field that is not there does not compile', () => {
  const wrong = screenObject({
    ...contacts,
    name: 'contacts',
    startValues: {},
    header: () => null,
    widths: {},
    firstFields: ['firstName'],
    // @ts-expect-error -- of opportunities
    facts: ['stage'],
    // @ts-expect-error -- what carries a reference's title is no field
    trashColumns: ['accountName'],
    // @ts-expect-error -- users have no pages
    shownOn: { ownerId: contacts.shownOn['accountId'] },
    // @ts-expect-error -- no reference
    suggestedLinks: ['email'],
    tabsThrough: [],
  });
  expect(wrong.facts).toEqual(['stage']);
});
