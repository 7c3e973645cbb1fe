import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '#db/engine/types.ts';
import { importObjects, importTargets } from '#shared/contract/import-targets.ts';
import { openTestEngine, type TestEngine } from '#tests/support/engine.ts';
import { seedWorkspace } from '#tests/support/records.ts';
import { nameKind, sourceIdKind } from '../objects/import-module.ts';
import { importModules } from '../objects/import-modules.ts';
import { headerKey } from './mapping/header-names.ts';
import { candidateQueries } from './run/writing/statements.ts';

let fixture: TestEngine;
let identity: Identity;
beforeAll(async () => {
  fixture = await openTestEngine();
  identity = await seedWorkspace(fixture.engine);
});
afterAll(() => fixture.close());

const read = (sql: string, params: readonly (string | readonly string[])[] = []) =>
  fixture.engine.transaction({ as: identity, readOnly: true }, (tx) =>
    tx.query<{ name: string }>(sql, params),
  );

test('there is a module for each object, in an order in which what others link to comes first', () => {
  expect(importModules.map(({ name }) => name)).toEqual(importObjects);
  for (const [place, object] of importObjects.entries()) {
    const before = importTargets(object)
      .links.map(({ target }) => target)
      // Links to its own kind are set in a second pass.
      .filter((target) => target !== object);
    expect(importObjects.slice(0, place)).toEqual(expect.arrayContaining(before));
  }
});

describe.each(importModules.map((module) => [module.name, module] as const))(
  'the import of %s',
  (name, module) => {
    const { fields, links } = importTargets(name);
    const keys = [...fields, ...links].map(({ key }) => key);

    test('knows header words for each field, in the form in which they are compared', () => {
      expect(Object.keys(module.headers).sort()).toEqual([...keys].sort());
      for (const words of Object.values(module.headers)) {
        expect(words.length).toBeGreaterThan(0);
        expect(words.map(headerKey)).toEqual(words);
      }
      expect(module.hints.map(headerKey)).toEqual(module.hints);
    });

    test('has one field for a header, unless the values decide', () => {
      const known = new Map<string, string>();
      for (const [field, words] of Object.entries(module.headers)) {
        expect(new Set(words).size).toBe(words.length);
        for (const word of words) {
          const other = known.get(word);
          const isDecided = other === undefined || module.suits?.[other] !== undefined;
          expect({ word, other, field, isDecided }).toMatchObject({ isDecided: true });
          known.set(word, field);
        }
      }
    });

    test('names fields that there are', () => {
      const named = [
        ...module.needs.flat(),
        ...(module.namedBy ?? []),
        module.wholeName,
        ...module.nameParts,
        ...Object.keys(module.defaults),
        ...Object.keys(module.suits ?? {}),
        ...Object.entries(module.standsFor ?? {}).flat(),
        ...Object.keys(module.choices?.(new Map()) ?? {}),
        ...(module.writtenIfGiven ?? []),
      ];
      expect(named.filter((key) => key === undefined || !keys.includes(key))).toEqual([]);
    });

    test('matches by what the table has, by the name last', async () => {
      expect(module.matchKeys.at(-1)?.kind).toBe(nameKind);
      const columns = module.columns.map(({ column }) => column);
      await read(`SELECT ${[...columns, `${module.shownName} AS shown`].join(', ')} FROM ${name} LIMIT 0`);
      const { workspaceId } = identity;
      for (const { kind } of module.matchKeys) {
        const queries = candidateQueries(module, kind);
        expect(queries.length).toBeGreaterThan(0);
        for (const sql of queries) await read(sql, [workspaceId, ['x']]);
      }
      for (const sql of candidateQueries(module, sourceIdKind))
        await read(sql, [workspaceId, ['x'], 'other', name]);
    });

    test('puts indexes aside that there are', async () => {
      const found = await read('SELECT indexname AS name FROM pg_indexes WHERE tablename = $1', [name]);
      const names = found.map((index) => index.name);
      expect((module.screenIndexes ?? []).filter((index) => !names.includes(index))).toEqual([]);
    });

    test('makes a record of a name alone', () => {
      const values = { ...module.defaults, ...module.stub('Ann Archer', {}) };
      expect(module.complete(values)).toBeNull();
      expect(module.nameOf(values)).toBe('Ann Archer');
    });
  },
);
