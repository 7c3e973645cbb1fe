import type { Migration } from '#db/migrate/migrations.ts';

export const rowsPerMigration = 1_000;

/** Two hundred migrations, each a table with rows and an index, and a change to the one before it. */
export function growingMigrations(): Migration[] {
  return Array.from({ length: 200 }, (_, index) => {
    const number = index + 1;
    const sql = `
      CREATE SCHEMA IF NOT EXISTS satchel;
      CREATE TABLE step_${number} AS SELECT i AS id, md5(i::text) AS text FROM generate_series(1, ${rowsPerMigration}) i;
      CREATE INDEX step_${number}_text ON step_${number} (text);
      ${number > 1 ? `ALTER TABLE step_${number - 1} ADD COLUMN later int NOT NULL DEFAULT ${number}` : ''}`;
    return { number, name: `${String(number).padStart(4, '0')}_step.sql`, sql, checksum: `step ${number}` };
  });
}
