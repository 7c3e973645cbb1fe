import { say } from '#shared/message.ts';
import { isGiven } from '../../data/given.ts';
import { byName, contradict, importModule, lower } from '../import-module.ts';

/** The id in the source is kept in `sku`. */
export const products = importModule({
  name: 'products',
  headers: {
    name: ['product', 'product name', 'name', 'item', 'item name', 'producto', 'produkt', 'nombre'],
    sku: [
      'sku',
      'product code',
      'code',
      'product id',
      'item number',
      'article number',
      'part number',
      'product sku',
    ],
    series: [
      'series',
      'product series',
      'product family',
      'family',
      'category',
      'product line',
      'product category',
      'categoria',
    ],
    unitPrice: [
      'sales price',
      'unit price',
      'price',
      'list price',
      'suggested retail price',
      'precio',
      'preis',
      'rate',
    ],
    currency: ['currency', 'currency iso code', 'moneda'],
    isActive: ['active', 'is active', 'isactive', 'activo', 'enabled'],
    description: ['description', 'product description', 'details', 'descripcion', 'beschreibung'],
  },
  hints: ['sku', 'product code', 'sales price', 'unit price', 'list price', 'product family', 'series'],
  fileName: /(products?|catalog(ue)?|items|price[-_ ]?list|productos?)/i,
  headerPrefix: /^product - /i,
  needs: [['name'], ['unitPrice', 'sku', 'series']],
  namedBy: ['name', 'sku'],
  wholeName: 'name',
  hasNearNames: true,
  toTellApart: say`a product number`,
  defaults: { isActive: 'true' },
  matchKeys: [
    { kind: 'sku', of: ({ sku }) => lower(sku), sql: 'lower(sku)', filled: 'sku', isLinkName: true },
    byName,
  ],
  complete(values) {
    values.name ??= values.sku ?? null;
    if (!isGiven(values.name)) return say`The row names no product.`;
    return values.unitPrice?.startsWith('-') ? say`The price is below zero.` : null;
  },
  differ: (row, record, kind) => kind === byName.kind && contradict(lower(row.sku), lower(record.sku)),
  stub: (name) => ({ name }),
});
