import { expect, test } from 'vitest';
import { sql } from './sql.ts';

test('pieces nest, and their parameters are numbered through', () => {
  const condition = sql`r.id = ANY(${['a', 'b']}::uuid[])`;
  const query = sql`SELECT ${sql.identifier('odd"name')} FROM r WHERE ${condition} AND r.size > ${3} ${undefined}`;
  expect(query.text).toBe('SELECT "odd""name" FROM r WHERE r.id = ANY($1::uuid[]) AND r.size > $2 ');
  expect(query.values).toEqual([['a', 'b'], 3]);
});

test('pieces are joined, none to nothing', () => {
  expect(sql`(${sql.join([sql`a = ${1}`, sql`b = ${2}`], sql` OR `)})`.text).toBe('(a = $1 OR b = $2)');
  expect(sql.join([], sql`, `).text).toBe('');
});
