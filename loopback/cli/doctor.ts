import type { Command } from 'commander';
import { z } from 'zod';
import { type Inspection, inspectDirectory } from '#core/storage/storage.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { packageVersion } from '../locations.ts';
import { action, commonOptions, satchelCommand } from './command.ts';
import { counted } from './counted.ts';
import { formatBytes } from './table.ts';

const doctorOptions = commonOptions.extend({ reindex: z.boolean().default(false) });

export function doctorCommand(): Command {
  return satchelCommand('doctor', 'Check a data directory: versions, durability, lock, integrity, sizes')
    .option('--reindex', 'make damaged indexes again from their tables')
    .action(
      action(doctorOptions, async ({ output, dataDir }, { reindex }) => {
        output.progress('Reading everything …');
        const found = await inspectDirectory({ dataDir, rebuildsIndexes: reindex });
        output.progress();
        output.result({ version: packageVersion(), ...found }, () => describe(found));
        // The findings are the result; a script sees by the exit code that they are bad.
        if (found.damage && found.damage.length > 0) process.exitCode = 1;
        if (found.isDurable === false)
          throw new SatchelError('corrupt', say`Commits do not reach the disk here.`);
      }),
    );
}

function describe(found: Inspection): string[] {
  const { sizes, maintenance, migrations, lastBackup } = found;
  const facts: [string, string][] = [
    ['Satchel', packageVersion()],
    ['Directory', found.directory],
    ['PostgreSQL', versionText(found)],
    ['Lock', lockText(found)],
  ];
  if (migrations) facts.push(['Migrations', `${migrations.applied} of ${migrations.known} applied`]);
  if (found.isDurable !== undefined) {
    facts.push([
      'Durability',
      found.isDurable ? 'a commit is one sync to the disk' : 'COMMITS ARE NOT SYNCED',
    ]);
  }
  if (found.damage) facts.push(['Integrity', integrityText(found, found.damage)]);
  facts.push(
    ['Database', formatBytes(sizes.cluster)],
    ['Write-ahead log', formatBytes(sizes.log)],
    ['Files', formatBytes(sizes.files)],
    ['Backups', formatBytes(sizes.backups)],
  );
  if (maintenance) {
    const { logBytes, tablesNeverAnalyzed, deadRows } = maintenance;
    facts.push([
      'Maintenance',
      `${formatBytes(logBytes)} since the last checkpoint, ${counted(tablesNeverAnalyzed, 'table')} without statistics, ${counted(deadRows, 'dead row')}`,
    ]);
  }
  facts.push(['Verified backup', lastBackup ? `${lastBackup.file}, ${lastBackup.created}` : 'none yet']);
  for (const { name, bytes, by } of found.kept) {
    facts.push(['Kept', `${name} (${formatBytes(bytes)}), from before ${keptBefore[by]}; yours to remove`]);
  }
  return facts.map(([name, value]) => `${name.padEnd(16)} ${value}`);
}

function lockText({ heldBy }: Inspection): string {
  if (heldBy === undefined) return 'free';
  if (heldBy === 'unknown') return 'held by another process; close it to check more';
  return `held by ${heldBy.program} (process ${heldBy.pid} on ${heldBy.host}) since ${heldBy.since}; close it to check more`;
}

const keptBefore = { restore: 'a restore', upgrade: 'the upgrade of PostgreSQL' } as const;

function versionText({ postgres, isUpgradeDue }: Inspection): string {
  const due = isUpgradeDue ? '; the next start brings the data over' : '';
  return `${postgres.found} (this Satchel works with ${postgres.expected}${due})`;
}

function integrityText(
  { damagedIndexes = [], rebuiltIndexes = [] }: Inspection,
  damage: readonly string[],
): string {
  const rebuilt = rebuiltIndexes.length > 0 ? `made again: ${rebuiltIndexes.join(', ')}; ` : '';
  if (damage.length === 0) {
    return `${rebuilt}every page, table, B-tree and GIN index is sound (a vector graph has no check beyond its pages)`;
  }
  const isOnlyIndexes = damagedIndexes.length === damage.length;
  const advice = isOnlyIndexes
    ? 'only indexes, no data: run "satchel doctor --reindex"'
    : 'restore the last verified backup';
  return `${rebuilt}DAMAGED: ${damage.join('; ')}; ${advice}`;
}
