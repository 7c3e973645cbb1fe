import type { StorageFacts } from '#shared/contract/storage.ts';

/**
 * What `satchel doctor` prints of a directory in use, to be sent to whoever helps: in English, with bytes as numbers, and
 * without the names of folders, which may hold a person's.
 */
export function supportText({
  sizes,
  postgres,
  migrations,
  maintenance,
  lastBackup,
  kept,
}: StorageFacts): string {
  const facts: [string, string | number][] = [
    ['PostgreSQL', `${postgres.found} (this Satchel works with ${postgres.expected})`],
    ['Migrations', `${migrations.applied} of ${migrations.known} applied`],
    ['Database', sizes.cluster],
    ['Write-ahead log', sizes.log],
    ['Files', sizes.files],
    ['Backups', sizes.backups],
    ['Since checkpoint', maintenance.logBytes],
    ['No statistics', `${maintenance.tablesNeverAnalyzed} tables`],
    ['Dead rows', maintenance.deadRows],
    [
      'Verified backup',
      lastBackup ? `${lastBackup.verified}${lastBackup.isThere ? '' : ', file is gone'}` : 'none yet',
    ],
    ...kept.map(({ bytes, by }): [string, string] => ['Kept', `${bytes} from before a ${by}`]),
  ];
  return facts.map(([name, value]) => `${name.padEnd(16)} ${value}`).join('\n');
}
