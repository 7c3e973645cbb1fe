import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WorkspaceDatabase } from './workspace-database.ts';

/** What the engine keeps for itself. */
const ownTables = new Set(['migrations', 'deferred_indexes']);

let home: WorkspaceDatabase;
beforeAll(async () => {
  home = await WorkspaceDatabase.open();
});
afterAll(() => home[Symbol.asyncDispose]());

/** Texts and templates, without what modules are imported from and without comments. */
function textsOf(source: string): string[] {
  const code = source
    .replaceAll(/\/\*[\s\S]*?\*\//gu, '')
    .replaceAll(/^\s*\/\/.*$/gmu, '')
    .replaceAll(/\bfrom '[^']*';/gu, '');
  return code.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gu) ?? [];
}

/** Where SQL names a table: after these words, or with its schema; a name of several words anywhere. */
function namesTable(text: string, table: string): boolean {
  const named = new RegExp(
    String.raw`(?:\b(?:from|join|into|update|only|table|copy)\s+(?:only\s+)?|\b(?:public|satchel)\.)"?${table}\b`,
    'iu',
  );
  return named.test(text) || (table.includes('_') && new RegExp(String.raw`\b${table}\b`, 'u').test(text));
}

test('the engine names no table, view or function of the application, nor a rule of its schema', async () => {
  const { rows } = await home.db.query<{ name: string; kind: string }>(`
    SELECT relname AS name, 'table' AS kind FROM pg_class
    WHERE relnamespace IN ('public'::regnamespace, 'satchel'::regnamespace) AND relkind IN ('r', 'p', 'v', 'm')
    UNION
    SELECT conname, 'rule' FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u') AND conparentid = 0`);
  const known = rows.filter(({ name }) => !ownTables.has(name));
  expect(known.length).toBeGreaterThan(100);
  const found = globSync('db/{engine,start}/**/*.ts', {
    exclude: (name) => name.endsWith('.test.ts'),
  }).flatMap((file) =>
    textsOf(readFileSync(file, 'utf8')).flatMap((text) =>
      known
        .filter(({ name, kind }) => (kind === 'table' ? namesTable(text, name) : text.includes(name)))
        .map(({ name }) => `${file}: ${name}`),
    ),
  );
  expect(found).toEqual([]);
});

test('a planted name is found', () => {
  expect(textsOf("import { x } from './notes.ts'; // FROM notes\nconst a = 'SELECT 1';")).toEqual([
    "'SELECT 1'",
  ]);
  expect(namesTable("'SELECT * FROM notes'", 'notes')).toBe(true);
  expect(namesTable('`refresh ${x} of report_refreshes`', 'report_refreshes')).toBe(true);
  expect(namesTable("'the notes of a person'", 'notes')).toBe(false);
});
