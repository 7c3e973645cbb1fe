/**
 * `npm test`: everything a contributor needs. Sets up what is missing (a browser; the server suite starts its own
 * PostgreSQL), runs every stage even when an earlier one failed, and ends with `N passed, N failed, N skipped`.
 *
 * With arguments it runs only the stages named: `npm test -- unit security`; with `--changed` only what the changes since
 * the branch left main can touch.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ensureBrowser } from './support/browser.ts';
import { findChanges } from './support/run/changed.ts';
import { chosenStages, type Stage } from './support/run/stages.ts';
import { emptyTally, finalLine, judge, readAllowedSkips, sum, type Tally } from './support/run/tally.ts';
import { openTemporaryFolder } from './support/run/temporary.ts';

async function runStage(stage: Stage): Promise<Tally> {
  const started = performance.now();
  console.log(`\n── ${stage.name}`);
  // A stage that breaks is a failed stage: what it would have found is not known, so it never counts as nothing.
  const tally = await stage.run().catch((error: unknown): Tally => {
    console.error(error instanceof Error ? error.message : error);
    return { ...emptyTally, failed: 1 };
  });
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(`── ${stage.name}: ${finalLine(tally)} in ${seconds} s`);
  return tally;
}

const inCi = process.env['CI'] === 'true' || process.env['CI'] === '1';
await rm('test-results/run', { recursive: true, force: true });
const removeTemporaryFolder = openTemporaryFolder();
process.once('exit', removeTemporaryFolder);
await ensureBrowser();

let total: Tally = emptyTally;
const { values, positionals } = parseArgs({
  options: { changed: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const changes = values.changed ? findChanges() : undefined;
if (changes) console.log(`${changes.files.length} files changed since ${changes.since}`);
for (const stage of await chosenStages(positionals, changes)) total = sum(total, await runStage(stage));

const verdict = judge(total, await readAllowedSkips(), { inCi });
for (const line of verdict.lines) console.log(line);
console.log(`\n${finalLine(verdict.tally)}`);
process.exitCode = verdict.tally.failed === 0 ? 0 : 1;
