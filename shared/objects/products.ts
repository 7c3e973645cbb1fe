import { ask } from '../message.ts';
import { defineObject } from './define.ts';
import { currency, flag, longText, money, text, title } from './field.ts';
import { systemFields } from './parts.ts';

/** What the firm sells. */
export const products = defineObject({
  name: 'products',
  singular: 'product',
  fields: {
    name: title(ask`Give the product a name.`, {
      section: 'main',
      isSortable: true,
      isDefaultColumn: true,
    }),
    sku: text({ section: 'main', isDefaultColumn: true }),
    series: text({ section: 'main', isDefaultColumn: true }),
    unitPrice: money({ section: 'main', isSortable: true, isDefaultColumn: true }),
    currency: currency({ section: 'main' }),
    isActive: flag({ section: 'main', isDefaultColumn: true }),
    description: longText({ section: 'about' }),
    ...systemFields,
  },
  access: 'shared',
  title: 'name',
  searched: ['name', 'sku', 'series'],
  tellsApart: ['sku', 'series'],
  isFew: true,
});
