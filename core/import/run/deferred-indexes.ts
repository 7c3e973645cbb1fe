import { buildDeferredIndex, deferIndexes, deferredIndexes } from '#db/engine/deferred-indexes.ts';
import type { Tx } from '#db/engine/types.ts';
import type { ImportObject } from '#shared/contract/import-targets.ts';
import type { Application } from '../../context.ts';
import { descriptions } from '../objects/objects.ts';

/**
 * What only screens read. Those by which an import itself finds records stay: keys, names, e-mail addresses, domains.
 */
const indexesOfScreens: Partial<Record<ImportObject, readonly string[]>> = {
  accounts: [
    'idx_accounts_search',
    'idx_accounts_workspace_name',
    'idx_accounts_created_at',
    'idx_accounts_updated_at',
    'idx_accounts_annual_revenue',
    'idx_accounts_industry',
    'idx_accounts_owner_id',
  ],
  contacts: [
    'idx_contacts_search',
    'idx_contacts_last_name',
    'idx_contacts_lifecycle_stage',
    'idx_contacts_created_at',
    'idx_contacts_updated_at',
    'idx_contacts_owner_id',
    'idx_contacts_company_lookup',
  ],
  opportunities: [
    'idx_opportunities_search',
    'idx_opportunities_stage_close_date',
    'idx_opportunities_board',
    'idx_opportunities_open_by_owner',
    'idx_opportunities_amount',
    'idx_opportunities_close_date',
    'idx_opportunities_created_at',
    'idx_opportunities_updated_at',
    'idx_opportunities_account_id',
    'idx_opportunities_contact_id',
    'idx_opportunities_product_id',
    'idx_opportunities_owner_id',
  ],
};

/** Below this many rows the indexes are brought up with them in a second or two. */
const worthwhile = 20_000;

/**
 * Puts the indexes of an object's screens aside where building them anew at the end is cheaper than keeping them up: a file
 * that adds more records than there are. Only where no window is open, whose lists need them.
 */
export async function deferScreenIndexes(
  app: Application,
  object: ImportObject,
  rows: number,
): Promise<void> {
  const names = indexesOfScreens[object];
  if (names === undefined || rows < worthwhile) return;
  await asOwner(app, `import: indexes of ${object} put aside`, async (tx) => {
    const [size] = await tx.query<{ isSmaller: boolean }>(
      `SELECT count(*) <= $1 AS "isSmaller" FROM (SELECT FROM ${descriptions[object].table} LIMIT $1 + 1) AS first_rows`,
      [rows],
    );
    if (size?.isSmaller === true) await deferIndexes(tx, names);
  });
}

/** Builds what was put aside, one index in a transaction. */
export async function buildScreenIndexes(app: Application): Promise<void> {
  const names = await asOwner(app, 'import: indexes put aside', (tx) => deferredIndexes(tx));
  for (const name of names) {
    await asOwner(app, `import: ${name} built`, (tx) => buildDeferredIndex(tx, name));
  }
}

function asOwner<T>(app: Application, label: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return app.engine.transaction({ as: 'system', priority: 'background', label }, work);
}
