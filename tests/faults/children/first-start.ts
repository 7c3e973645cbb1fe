import { ledgerMigrations, readLedger } from '../ledger.ts';
import { openForKill, say } from './open-ledger.ts';

// Opens a directory that may not exist yet, and closes it again.
const [dataDir = '', template] = process.argv.slice(2);
const engine = await openForKill(dataDir, ledgerMigrations, template);
say({ found: await readLedger(engine) });
await engine.close();
say({ closed: true });
