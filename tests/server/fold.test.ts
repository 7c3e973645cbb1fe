import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foldVersion } from '#shared/text/version.ts';
import { differences, everyCharacter, foldTexts, mixedText } from '../support/folding.ts';
import * as fc from '../support/property.ts';
import { startServer, type TestServer } from './cluster.ts';
import { migrate } from './requests.ts';

let server: TestServer;
let client: Client;

beforeAll(async () => {
  server = await startServer();
  client = await server.connect();
  await migrate(client, 'does not apply to a server');
});
afterAll(async () => {
  await client.end();
  await server[Symbol.asyncDispose]();
});

const inDatabase = async (texts: readonly string[]) =>
  (await client.query<{ folded: string }>(foldTexts, [texts])).rows.map(({ folded }) => folded);

describe('the rule of comparison on a server', () => {
  test('gives what TypeScript gives: of every character, and of random texts', async () => {
    expect(await differences(everyCharacter(), inDatabase)).toEqual([]);
    expect(await differences(fc.sample(mixedText, 20_000), inDatabase)).toEqual([]);
  });

  test('has the version of the application', async () => {
    const { rows } = await client.query('SELECT satchel.fold_version() AS version');
    expect(rows).toEqual([{ version: foldVersion }]);
  });
});
