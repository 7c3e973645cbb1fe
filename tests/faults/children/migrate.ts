import { growingMigrations } from '../growing-migrations.ts';
import { openForKill, say } from './open-ledger.ts';

// Applies many migrations and is killed somewhere among them.
const [dataDir = '', template] = process.argv.slice(2);
const engine = await openForKill(dataDir, growingMigrations(), template);
const rows = await engine.transaction({ as: 'system' }, (tx) =>
  tx.query<{ name: string }>('SELECT name FROM satchel.migrations'),
);
say({ applied: rows.length });
await engine.close();
