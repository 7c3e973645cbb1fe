import { Building2, type LucideIcon, Package, Settings, Target, Users } from 'lucide-react';
import type { ObjectName } from '#shared/objects/objects.ts';
import type { ShortcutId } from '../shortcuts/registry.ts';

export const objectIcons: Record<ObjectName, LucideIcon> = {
  accounts: Building2,
  contacts: Users,
  opportunities: Target,
  products: Package,
};

export interface Screen {
  readonly path: '/settings';
  /** The text key of its name. */
  readonly name: string;
  readonly icon: LucideIcon;
  readonly shortcut: ShortcutId;
  readonly place: 'main' | 'foot';
}

/** What the sidebar and the palette lead to. */
export const screens: readonly Screen[] = [
  { path: '/settings', name: 'frame.settings', icon: Settings, shortcut: 'goSettings', place: 'foot' },
];
