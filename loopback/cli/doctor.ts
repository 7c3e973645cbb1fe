import type { Command } from 'commander';
import { type Inspection, inspect } from '#core/diagnosis/inspect.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { packageVersion } from '../locations.ts';
import { action, type CommonOptions, satchelCommand } from './command.ts';
import { formatBytes } from './table.ts';

export function doctorCommand(): Command {
  return satchelCommand(
    'doctor',
    'Check a data directory: versions, durability, lock, integrity, sizes',
  ).action(
    action<CommonOptions>(async ({ output, dataDir }) => {
      output.progress('Reading everything …');
      const found = await inspect(dataDir);
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
    ['PostgreSQL', `${found.postgres.found} (this Satchel works with ${found.postgres.expected})`],
    ['Lock', lockText(found)],
  ];
  if (migrations) facts.push(['Migrations', `${migrations.applied} of ${migrations.known} applied`]);
  if (found.isDurable !== undefined) {
    facts.push([
      'Durability',
      found.isDurable ? 'a commit is one sync to the disk' : 'COMMITS ARE NOT SYNCED',
    ]);
  }
  if (found.damage) facts.push(['Integrity', integrityText(found.damage)]);
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
      `${formatBytes(logBytes)} since the last checkpoint, ${tablesNeverAnalyzed} tables without statistics, ${deadRows} dead rows`,
    ]);
  }
  facts.push(['Verified backup', lastBackup ? `${lastBackup.file}, ${lastBackup.created}` : 'none yet']);
  return facts.map(([name, value]) => `${name.padEnd(16)} ${value}`);
}

function lockText({ heldBy }: Inspection): string {
  if (heldBy === undefined) return 'free';
  if (heldBy === 'unknown') return 'held by another process; close it to check more';
  return `held by ${heldBy.program} (process ${heldBy.pid} on ${heldBy.host}) since ${heldBy.since}; close it to check more`;
}

function integrityText(damage: readonly string[]): string {
  return damage.length === 0 ? 'every page and index is sound' : `DAMAGED: ${damage.join('; ')}`;
}
