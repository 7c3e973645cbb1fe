import { expect, test } from 'vitest';
import { csv, ImportClient } from './import-client.ts';

test('headers and values that JavaScript has a meaning for are names and texts as any other', async () => {
  await using client = await ImportClient.open();
  const file = (stage: string) =>
    csv(
      'contacts.csv',
      'First Name,Last Name,Email,Lifecycle Stage,Constructor,__proto__',
      `Ada,Park,ada@x.org,${stage},Brick & Sons,first`,
      'Bo,Li,bo@x.org,Customer,,second',
    );
  await expect(client.import([file('Constructor')])).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('such as “Constructor”') as string,
  });
  await client.import([file('Lead')]);
  expect(
    await client.rows(
      'SELECT first_name AS name, lifecycle_stage AS stage, custom_fields AS custom FROM contacts ORDER BY 1',
    ),
  ).toEqual([
    { name: 'Ada', stage: 'lead', custom: { constructor_2: 'Brick & Sons', proto: 'first' } },
    { name: 'Bo', stage: 'customer', custom: { proto: 'second' } },
  ]);
});
