import { Sprout } from 'lucide-react';
import { screenObject } from './define.ts';

export const leads = screenObject({
  name: 'leads',
  icon: Sprout,
  shortcut: 'g l',
  isSquare: false,
  titleWidth: 184,
  widths: { status: 120, rating: 96 },
  firstFields: ['firstName', 'lastName', 'companyName', 'email', 'phone', 'source'],
  startValues: { status: 'new' },
  facts: ['companyName', 'status', 'rating', 'email', 'phone', 'ownerId'],
  trashColumns: ['name', 'companyName', 'email', 'ownerId'],
});
