import { expect, test } from 'vitest';
import { extentOf } from './changed.ts';

const stages = ['unit', 'schema', 'plans', 'server', 'cli', 'security', 'electron', 'faults', 'e2e'];

test.each([
  ['db/migrations/0001_base.sql', stages, []],
  ['package-lock.json', stages, []],
  ['renderer/lists/list.tsx', ['electron', 'e2e'], ['unit', 'schema', 'plans', 'server']],
  [
    'core/import/run/slice.ts',
    ['cli', 'security', 'electron', 'faults', 'e2e'],
    ['unit', 'schema', 'plans', 'server'],
  ],
  ['core/import/run/slice.test.ts', [], ['unit', 'schema', 'plans', 'server']],
  ['tests/cli/cli.test.ts', ['cli'], ['unit', 'schema', 'plans', 'server']],
  ['README.md', [], ['unit', 'schema', 'plans', 'server']],
])('a change of %s', (file, whole, related) => {
  const withExtent = (extent: string) => stages.filter((stage) => extentOf(stage, [file]) === extent);
  expect({ whole: withExtent('whole'), related: withExtent('related') }).toEqual({ whole, related });
});

test('without a change there is nothing to run', () => {
  expect(stages.map((stage) => extentOf(stage, []))).toEqual(stages.map(() => 'none'));
});
