import { addEntry, ledgerMigrations, readLedger } from '../ledger.ts';
import { openForKill, say } from './open-ledger.ts';

// Reports what it finds, then writes until it is killed, telling each entry after its transaction has resolved.
const [dataDir = '', template] = process.argv.slice(2);
const engine = await openForKill(dataDir, ledgerMigrations, template);
const state = await readLedger(engine);
say({ found: state });
for (let id = (state.ids.at(-1) ?? 0) + 1; ; id += 1) {
  await addEntry(engine, id);
  say({ saved: id });
  if (id % 40 === 0) await engine.transaction({ as: 'system' }, (tx) => tx.script('ANALYZE entry'));
}
