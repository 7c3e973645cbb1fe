import { expect, test } from 'vitest';
import { scaleIn } from './scale-words.ts';

test.each([
  ['Annual revenue (in millions of USD)', '1000000'],
  ['Turnover in EUR thousands', '1000'],
  ['Assets, in billion dollars', '1000000000'],
  ['Revenue (millions)', '1000000'],
  ['Revenue ($ millions)', '1000000'],
  ['Revenue, USD millions', '1000000'],
  ['Revenue (k)', '1000'],
  ['ARR K€', '1000'],
  ['ARR (k€)', '1000'],
  ['ARR in k', '1000'],
  ['Umsatz in Mio. EUR', '1000000'],
  ['Umsatz (Mio. €)', '1000000'],
  ['Umsatz Mrd. €', '1000000000'],
  ['Umsatz TEUR', '1000'],
  ['Umsatz (Tsd. EUR)', '1000'],
  ['Revenue (mn)', '1000000'],
  ['Revenue $m', '1000000'],
  ['Revenue €bn', '1000000000'],
  ['Revenue (USD bn)', '1000000000'],
  ['Amount (000s)', '1000'],
  ["Amount ('000)", '1000'],
  ['Amount in 000s', '1000'],
  ['CA (millions d’euros)', '1000000'],
  ['Ingresos (millones de euros)', '1000000'],
])('“%s” is a scale of %s', (text, scale) => {
  expect(scaleIn(text)).toBe(scale);
});

test.each([
  'Revenue',
  'Revenue from the deal',
  'Sold to millions of people',
  'Millions of users',
  'In which of a thousand shops',
  'Length (m)',
  'Width (mm)',
  'Memory (MB)',
  'Offices (MN)',
  'Customers in MN',
  'Vitamin K',
  'Engaged in K-12 schools',
  'Price per 1000',
  'Price (EUR)',
  'Rate in %',
  'Amount in EUR',
  '401k',
  'Distance in miles',
  'Umsatz in Billionen',
  'Model T',
  'Team B',
])('“%s” names no scale', (text) => {
  expect(scaleIn(text)).toBeNull();
});
