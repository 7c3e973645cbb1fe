/**
 * The long forms, which draw fresh seeds where a whole run repeats one:
 *
 * - `npm run test:properties:long`: every property, ten times; `-- 100` for a hundred
 * - `npm run test:faults:long`: ten times the kills and power cuts, once
 *
 * `SATCHEL_TEST_SEED=N` before the command that is printed repeats what one of them found.
 */
import { randomInt } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { run } from './support/run/process.ts';

const [form, given] = process.argv.slice(2);
const rounds = Number(given ?? (form === 'properties' ? 10 : 1));
if ((form !== 'properties' && form !== 'faults') || !Number.isInteger(rounds) || rounds < 1) {
  throw new Error('Say which: node tests/long.ts properties|faults [ROUNDS]');
}

const files =
  form === 'faults'
    ? ['--project', 'faults']
    : globSync('{shared,core,db,loopback,electron,renderer,tests}/**/*.test.ts').filter((file) =>
        readFileSync(file, 'utf8').includes("'./support/property.ts'"),
      );
const factor = form === 'faults' ? { SATCHEL_FAULT_FACTOR: '10' } : {};

const failedSeeds: number[] = [];
for (let round = 1; round <= rounds; round += 1) {
  const seed = randomInt(1, 2 ** 31);
  console.log(
    `\n── round ${round} of ${rounds}: SATCHEL_TEST_SEED=${seed} npx vitest run ${files.join(' ')}`,
  );
  const { code } = await run(['vitest', 'run', ...files], {
    env: { ...factor, SATCHEL_TEST_SEED: String(seed) },
  });
  if (code !== 0) failedSeeds.push(seed);
}
console.log(
  failedSeeds.length === 0
    ? `\n${rounds} rounds passed`
    : `\nfailed with the seeds ${failedSeeds.join(', ')}`,
);
process.exitCode = failedSeeds.length === 0 ? 0 : 1;
