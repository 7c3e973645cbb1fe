/** Writes the rule of comparison into its two homes: `npx node db/text/build.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { foldVersion } from '#shared/text/version.ts';
import { foldFunctions, foldModule } from './fold-files.ts';
import { makeFoldTable } from './fold-table.ts';

const root = path.resolve(import.meta.dirname, '../..');
const begin = '-- Made by db/text/build.ts: begin.\n';
const end = '-- Made by db/text/build.ts: end.\n';

/** What the files should be, by path. */
export function foldFiles(): ReadonlyMap<string, string> {
  const table = makeFoldTable();
  const migration = path.join(root, 'db/migrations/0001_foundation.sql');
  const [before, between] = readFileSync(migration, 'utf8').split(begin);
  const after = between?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${migration} has no place for the rule.`);
  return new Map([
    [path.join(root, 'shared/text/fold-table.ts'), foldModule(table)],
    [migration, `${before}${begin}${foldFunctions(table, foldVersion)}${end}${after}`],
  ]);
}

if (import.meta.main) for (const [file, text] of foldFiles()) writeFileSync(file, text);
