import { date, integer, numeric, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { users, workspaces } from './access.ts';
import { byDatabase, customFields, key, origin, syncColumns, times } from './columns.ts';
import { quoteStatus } from './enums.ts';
import { products } from './products.ts';
import { type ReferenceColumns, reference } from './reference.ts';
import { accounts, contacts, opportunities } from './sales.ts';

export const quotes = pgTable(
  'quotes',
  {
    ...key,
    opportunityId: uuid('opportunity_id').notNull(),
    accountId: uuid('account_id'),
    contactId: uuid('contact_id'),
    quoteNumber: text('quote_number').notNull(),
    version: integer('version').notNull().default(1),
    status: quoteStatus('status').notNull().default('draft'),
    validUntil: date('valid_until', { mode: 'string' }),
    currency: text('currency').notNull().default('USD'),
    notes: text('notes'),
    discountPercent: numeric('discount_percent', { precision: 7, scale: 4 }).notNull().default('0'),
    discountAmount: numeric('discount_amount', { precision: 19, scale: 4 }).notNull().default('0'),
    subtotal: numeric('subtotal', { precision: 19, scale: 4 }).notNull().default('0'),
    discountTotal: numeric('discount_total', { precision: 19, scale: 4 }).notNull().default('0'),
    taxTotal: numeric('tax_total', { precision: 19, scale: 4 }).notNull().default('0'),
    total: numeric('total', { precision: 19, scale: 4 }).notNull().default('0'),
    ownerId: uuid('owner_id'),
    ...customFields,
    nameKey: text('name_key').generatedAlwaysAs(byDatabase),
    searchText: text('search_text').generatedAlwaysAs(byDatabase),
    importBatchId: uuid('import_batch_id'),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'quotes_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'quotes_account_fkey',
      columns: [table.workspaceId, table.accountId],
      to: (): ReferenceColumns => [accounts.workspaceId, accounts.id],
    }),
    reference({
      name: 'quotes_contact_fkey',
      columns: [table.workspaceId, table.contactId],
      to: (): ReferenceColumns => [contacts.workspaceId, contacts.id],
    }),
    reference({
      name: 'quotes_opportunity_fkey',
      columns: [table.workspaceId, table.opportunityId],
      to: (): ReferenceColumns => [opportunities.workspaceId, opportunities.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'quotes_owner_fkey',
      columns: [table.workspaceId, table.ownerId],
      to: (): ReferenceColumns => [users.workspaceId, users.id],
    }),
    reference({
      name: 'quotes_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);

export const quoteLineItems = pgTable(
  'quote_line_items',
  {
    ...key,
    quoteId: uuid('quote_id').notNull(),
    productId: uuid('product_id'),
    position: integer('position').notNull().default(0),
    description: text('description').notNull().default(''),
    quantity: numeric('quantity', { precision: 19, scale: 4 }).notNull().default('1'),
    unitPrice: numeric('unit_price', { precision: 19, scale: 4 }).notNull(),
    discountPercent: numeric('discount_percent', { precision: 7, scale: 4 }).notNull().default('0'),
    taxPercent: numeric('tax_percent', { precision: 7, scale: 4 }).notNull().default('0'),
    lineTotal: numeric('line_total', { precision: 19, scale: 4 }).generatedAlwaysAs(byDatabase),
    ...times,
    ...origin,
    ...syncColumns,
  },
  (table) => [
    primaryKey({ name: 'quote_line_items_pkey', columns: [table.workspaceId, table.id] }),
    reference({
      name: 'quote_line_items_product_fkey',
      columns: [table.workspaceId, table.productId],
      to: (): ReferenceColumns => [products.workspaceId, products.id],
    }),
    reference({
      name: 'quote_line_items_quote_fkey',
      columns: [table.workspaceId, table.quoteId],
      to: (): ReferenceColumns => [quotes.workspaceId, quotes.id],
      onDelete: 'cascade',
    }),
    reference({
      name: 'quote_line_items_workspace_id_fkey',
      columns: [table.workspaceId],
      to: (): ReferenceColumns => [workspaces.id],
      onDelete: 'cascade',
    }),
  ],
);
