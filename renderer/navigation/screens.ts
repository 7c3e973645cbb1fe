import type { LinkProps } from '@tanstack/react-router';
import { FileInput, type LucideIcon, Settings, Trash2 } from 'lucide-react';
import { objectNames } from '#shared/objects/objects.ts';
import { useCan } from '../client/queries.ts';
import { useScreenObjects } from '../objects/define.ts';
import { keysOf, type Shortcut, type ShortcutId } from '../shortcuts/registry.ts';

export interface Screen {
  readonly path: string;
  /** The same place as the router's links have it. */
  readonly link: Pick<LinkProps, 'to' | 'params'>;
  /** The text key of its name. */
  readonly name: string;
  readonly icon: LucideIcon;
  readonly shortcut: Shortcut['id'];
  /** What hints of its shortcut show. */
  readonly keys: string;
  readonly place: 'main' | 'foot';
}

function footScreen(
  to: '/import' | '/trash' | '/settings',
  shortcut: Extract<ShortcutId, 'goImport' | 'goTrash' | 'goSettings'>,
  icon: LucideIcon,
): Screen {
  return {
    path: to,
    link: { to },
    name: `frame.${to.slice(1)}`,
    icon,
    shortcut,
    keys: keysOf(shortcut),
    place: 'foot',
  };
}

const footScreens: readonly Screen[] = [
  footScreen('/import', 'goImport', FileInput),
  footScreen('/trash', 'goTrash', Trash2),
  footScreen('/settings', 'goSettings', Settings),
];

/** What sidebar and palette can lead to: the screens where the person's role lets them see or do something. */
export function useScreens(): readonly Screen[] {
  const can = useCan();
  const objects = useScreenObjects();
  const lists = objectNames
    .filter((name) => can(name, 'read'))
    .map(
      (name): Screen => ({
        path: `/${name}`,
        link: { to: '/$object', params: { object: name } },
        name: `objects.${name}.many`,
        icon: objects[name].icon,
        shortcut: `go:${name}`,
        keys: objects[name].shortcut,
        place: 'main',
      }),
    );
  const mayImport = objectNames.some((name) => can(name, 'create'));
  return [...lists, ...footScreens.filter(({ path }) => path !== '/import' || mayImport)];
}
