import {
  Building2,
  FileInput,
  type LucideIcon,
  Package,
  Settings,
  Target,
  Trash2,
  Users,
} from 'lucide-react';
import { type ObjectName, objectNames } from '#shared/objects/objects.ts';
import { useCan } from '../client/queries.ts';
import type { ShortcutId } from '../shortcuts/registry.ts';

export const objectIcons: Record<ObjectName, LucideIcon> = {
  accounts: Building2,
  contacts: Users,
  opportunities: Target,
  products: Package,
};

export interface Screen {
  readonly path:
    | '/accounts'
    | '/contacts'
    | '/opportunities'
    | '/products'
    | '/import'
    | '/trash'
    | '/settings';
  /** The text key of its name. */
  readonly name: string;
  readonly icon: LucideIcon;
  readonly shortcut: ShortcutId;
  readonly place: 'main' | 'foot';
}

/** What the sidebar and the palette can lead to. */
const screens: readonly Screen[] = [
  { path: '/accounts', name: 'frame.accounts', icon: Building2, shortcut: 'goAccounts', place: 'main' },
  { path: '/contacts', name: 'frame.contacts', icon: Users, shortcut: 'goContacts', place: 'main' },
  {
    path: '/opportunities',
    name: 'frame.opportunities',
    icon: Target,
    shortcut: 'goOpportunities',
    place: 'main',
  },
  { path: '/products', name: 'frame.products', icon: Package, shortcut: 'goProducts', place: 'main' },
  { path: '/import', name: 'frame.import', icon: FileInput, shortcut: 'goImport', place: 'foot' },
  { path: '/trash', name: 'frame.trash', icon: Trash2, shortcut: 'goTrash', place: 'foot' },
  { path: '/settings', name: 'frame.settings', icon: Settings, shortcut: 'goSettings', place: 'foot' },
];

/** The screens where the person's role lets them see or do something. */
export function useScreens(): readonly Screen[] {
  const can = useCan();
  return screens.filter(({ path }) => {
    const object = objectNames.find((name) => path === `/${name}`);
    if (object) return can(object, 'read');
    return path !== '/import' || objectNames.some((name) => can(name, 'create'));
  });
}
