import { accounts } from './accounts.tsx';
import { contacts } from './contacts.tsx';
import type { ScreenObjects } from './define.ts';
import { leads } from './leads.tsx';
import { opportunities } from './opportunities.tsx';
import { products } from './products.tsx';
import { tasks } from './tasks.tsx';

/** Only the app's root and the routes import this; screens get it by `useScreenObject`. */
export const screenObjects: ScreenObjects = { leads, accounts, contacts, opportunities, products, tasks };
