import { expect, test } from 'vitest';
import { supportText } from './support-text.ts';

test('what is sent to support names no folder', () => {
  const text = supportText({
    directory: '/home/ada/satchel',
    sizes: { cluster: 41_000_000, log: 16_777_216, files: 12, backups: 0 },
    lastBackup: {
      file: '/media/ada/stick/firm.satchel',
      created: '2026-03-05T09:00:00.000Z',
      verified: '2026-03-05T09:01:00.000Z',
      bytes: 9_000_000,
      isThere: false,
    },
    postgres: { found: '18', expected: '18' },
    migrations: { applied: 29, known: 30 },
    maintenance: { logBytes: 1_024, tablesNeverAnalyzed: 2, deadRows: 30 },
    kept: [{ name: 'pg.replaced-ada', bytes: 5, by: 'restore' }],
  });
  expect(text).not.toMatch(/ada|home|media/u);
  expect(text.split('\n')).toEqual([
    'PostgreSQL       18 (this Satchel works with 18)',
    'Migrations       29 of 30 applied',
    'Database         41000000',
    'Write-ahead log  16777216',
    'Files            12',
    'Backups          0',
    'Since checkpoint 1024',
    'No statistics    2 tables',
    'Dead rows        30',
    'Verified backup  2026-03-05T09:01:00.000Z, file is gone',
    'Kept             5 from before a restore',
  ]);
});
