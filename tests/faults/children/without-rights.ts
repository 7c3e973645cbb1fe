import { ledgerMigrations } from '../ledger.ts';
import { openForKill, say } from './open-ledger.ts';

// Opens a directory without the superuser's rights, which no permission binds. They are given up only here: the sources
// may lie where nobody else may read.
const nobody = 65_534;
if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(nobody);
  process.setuid?.(nobody);
}
const [dataDir = ''] = process.argv.slice(2);
const engine = await openForKill(dataDir, ledgerMigrations, undefined);
await engine.close();
say({ closed: true });
