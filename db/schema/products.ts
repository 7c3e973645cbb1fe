import { boolean, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { workspaces } from './access.ts';
import { byDatabase, customFields, fullText, key, origin, syncColumns, times } from './columns.ts';
import { type ReferenceColumns, reference } from './reference.ts';

export const products = pgTable(
  'products',
  {
    ...key,
    name: text('name').notNull(),
    sku: text('sku'),
    series: text('series'),
    description: text('description'),
    unitPrice: numeric('unit_price', { precision: 19, scale: 4 }),
    currency: text('currency'),
    isActive: boolean('is_active').notNull().default(true),
    ...customFields,
    nameKey: text('name_key').generatedAlwaysAs(byDatabase),
    searchText: text('search_text').generatedAlwaysAs(byDatabase),
    searchTsv: fullText('search_tsv').generatedAlwaysAs(byDatabase),
    importBatchId: uuid('import_batch_id'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'products_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'products_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
