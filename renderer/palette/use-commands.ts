import { useRouter } from '@tanstack/react-router';
import { Keyboard, type LucideIcon, Monitor, Moon, PanelLeft, Plus, Sun, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { objectNames } from '#shared/objects/objects.ts';
import { useAppearance } from '../appearance/appearance.ts';
import { useCan } from '../client/queries.ts';
import { useUndo } from '../edits/toasts.tsx';
import { openCreate } from '../navigation/create-state.ts';
import { usePalette } from '../navigation/palette-state.ts';
import { useScreens } from '../navigation/screens.ts';
import { settingsPages } from '../navigation/settings-pages.ts';
import { keysOf } from '../shortcuts/registry.ts';
import { useShortcutSheet } from '../shortcuts/shortcut-sheet-state.ts';

export interface PaletteCommand {
  id: string;
  label: string;
  icon: LucideIcon;
  group: 'selection' | 'page' | 'create' | 'go' | 'general';
  /** What the hint shows. */
  keys?: string;
  run: () => void;
}

/** Everything that can be done from the palette now: on this page first, then anywhere. */
export function useCommands(): PaletteCommand[] {
  const { t } = useTranslation();
  const router = useRouter();
  const can = useCan();
  const screens = useScreens();
  const { undoLast } = useUndo();
  const onPage = usePalette((palette) => palette.commands);
  const { isSidebarCollapsed } = useAppearance();

  const creates = objectNames
    .filter((object) => can(object, 'create'))
    .map(
      (object): PaletteCommand => ({
        id: `create-${object}`,
        label: t(`objects.${object}.create`),
        icon: Plus,
        group: 'create',
        run: () => openCreate({ object }),
      }),
    );
  const goes = screens.map(
    ({ path, name, icon, keys }): PaletteCommand => ({
      id: `go-${path}`,
      label: t(name),
      icon,
      group: 'go',
      keys,
      run: () => router.history.push(path),
    }),
  );
  const settings = settingsPages.slice(1).map(
    ({ path, name, icon }): PaletteCommand => ({
      id: `go-${path}`,
      label: t('palette.commands.settingsPage', { page: t(name) }),
      icon,
      group: 'go',
      run: () => router.history.push(path),
    }),
  );
  const general: PaletteCommand[] = [
    {
      id: 'undo',
      label: t('palette.commands.undo'),
      icon: Undo2,
      group: 'general',
      keys: keysOf('undo'),
      run: () => void undoLast(),
    },
    {
      id: 'sheet',
      label: t('palette.commands.sheet'),
      icon: Keyboard,
      group: 'general',
      keys: keysOf('sheet'),
      run: () => useShortcutSheet.setState({ isOpen: true }),
    },
    {
      id: 'sidebar',
      label: t('palette.commands.toggleSidebar'),
      icon: PanelLeft,
      group: 'general',
      keys: keysOf('toggleSidebar'),
      run: () => useAppearance.setState({ isSidebarCollapsed: !isSidebarCollapsed }),
    },
    ...(
      [
        ['light', 'themeLight', Sun],
        ['dark', 'themeDark', Moon],
        ['system', 'themeSystem', Monitor],
      ] as const
    ).map(
      ([theme, name, icon]): PaletteCommand => ({
        id: name,
        label: t(`palette.commands.${name}`),
        icon,
        group: 'general',
        run: () => useAppearance.setState({ theme }),
      }),
    ),
  ];
  const here = Array.from(onPage.values())
    .flat()
    .map(
      ({ shortcut, ...command }): PaletteCommand =>
        shortcut ? { ...command, keys: keysOf(shortcut) } : command,
    );
  return [...here, ...creates, ...goes, ...settings, ...general];
}
