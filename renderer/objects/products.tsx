import { Package } from 'lucide-react';
import { screenObject } from './define.ts';

export const products = screenObject({
  name: 'products',
  icon: Package,
  shortcut: 'g p',
  isSquare: true,
  titleWidth: 296,
  firstFields: ['name', 'sku', 'series', 'unitPrice'],
  startValues: { isActive: true },
  facts: ['unitPrice', 'sku', 'series', 'isActive'],
  trashColumns: ['name', 'sku', 'series'],
});
