import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldVersion } from '#shared/text/version.ts';
import { differences, everyCharacter, foldTexts, mixedText } from '#tests/support/folding.ts';
import * as fc from '#tests/support/property.ts';
import { foldFiles } from './build.ts';
import { foldFunctions } from './fold-files.ts';
import { makeFoldTable } from './fold-table.ts';

let pg: PGlite;

beforeAll(async () => {
  pg = await PGlite.create();
  await pg.exec(`CREATE SCHEMA satchel; ${foldFunctions(makeFoldTable(), foldVersion)}`);
});
afterAll(() => pg.close());

const inDatabase = async (texts: readonly string[]) =>
  (await pg.query<{ folded: string }>(foldTexts, [texts])).rows.map(({ folded }) => folded);

describe('the rule of comparison', () => {
  it('is in both of its homes what Unicode and the decisions make of it', () => {
    for (const [file, text] of foldFiles()) expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('has one version', async () => {
    expect((await pg.query('SELECT satchel.fold_version() AS version')).rows).toEqual([
      { version: foldVersion },
    ]);
  });

  it('gives the same in SQL and in TypeScript: of every character, and of random texts', async () => {
    expect(await differences(everyCharacter(), inDatabase)).toEqual([]);
    expect(await differences(fc.sample(mixedText, 20_000), inDatabase)).toEqual([]);
  });

  it('gives nothing for nothing', async () => {
    const { rows } = await pg.query(
      "SELECT satchel.fold(NULL) AS missing, satchel.fold('') AS empty, satchel.fold(' ') AS blank",
    );
    expect(rows).toEqual([{ missing: null, empty: '', blank: '' }]);
  });
});
