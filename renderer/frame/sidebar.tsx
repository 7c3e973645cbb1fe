import { Link } from '@tanstack/react-router';
import { Command, Keyboard, PanelLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../appearance/appearance.ts';
import { useWorkspace } from '../client/queries.ts';
import { Avatar } from '../components/avatar.tsx';
import { IconButton } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { Kbd } from '../components/kbd.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { usePalette } from '../navigation/palette-state.ts';
import { type Screen, useScreens } from '../navigation/screens.ts';
import { keysOf } from '../shortcuts/registry.ts';
import { useShortcutSheet } from '../shortcuts/shortcut-sheet-state.ts';

export function Sidebar() {
  const { t } = useTranslation();
  const { workspace, person } = useWorkspace();
  const isCollapsed = useAppearance((appearance) => appearance.isSidebarCollapsed);
  const toggle = () => useAppearance.setState({ isSidebarCollapsed: !isCollapsed });
  const toggleLabel = isCollapsed ? t('frame.expandSidebar') : t('frame.collapseSidebar');
  return (
    <nav
      aria-label={t('frame.navigation')}
      className={classNames('flex shrink-0 flex-col gap-1 p-2', isCollapsed ? 'w-12' : 'w-58')}
    >
      <div className={classNames('flex h-8 items-center gap-2', isCollapsed ? 'justify-center' : 'pl-1')}>
        {isCollapsed ? null : (
          <>
            <Avatar name={workspace.name} isSquare size={24} />
            <div className="min-w-0 flex-1 leading-4">
              <p className="truncate font-semibold" title={workspace.name} data-content>
                {workspace.name}
              </p>
              {workspace.isDemo ? (
                <p className="truncate text-2xs text-ink-muted">{t('frame.demoWorkspace')}</p>
              ) : null}
            </div>
          </>
        )}
      </div>
      <button
        type="button"
        onClick={() => usePalette.setState({ isOpen: true })}
        aria-label={isCollapsed ? t('frame.searchOrRun') : undefined}
        className={classNames(
          'mt-1 mb-2 flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2 text-ink-muted hover:border-line-strong',
          isCollapsed && 'justify-center px-0',
        )}
      >
        <Command aria-hidden className="size-4 shrink-0" />
        {isCollapsed ? null : (
          <>
            <span className="min-w-0 flex-1 truncate text-left text-sm">{t('common.search')}</span>
            <Kbd keys={keysOf('palette')} />
          </>
        )}
      </button>
      <ScreenLinks place="main" isCollapsed={isCollapsed} />
      <div className="flex-1" />
      <ScreenLinks place="foot" isCollapsed={isCollapsed} />
      <div className={classNames('mt-1 flex items-center', isCollapsed ? 'flex-col' : 'h-8 gap-2 pl-2')}>
        {isCollapsed ? null : (
          <>
            <Avatar name={person.fullName} />
            <span className="min-w-0 flex-1 truncate text-ink-muted" title={person.fullName} data-content>
              {person.fullName}
            </span>
          </>
        )}
        <Tooltip label={toggleLabel} keys={keysOf('toggleSidebar')} side="right">
          <IconButton label={toggleLabel} onClick={toggle}>
            <PanelLeft aria-hidden />
          </IconButton>
        </Tooltip>
        <Tooltip label={t('frame.shortcuts')} keys={keysOf('sheet')} side="right">
          <IconButton
            label={t('frame.shortcuts')}
            onClick={() => useShortcutSheet.setState({ isOpen: true })}
          >
            <Keyboard aria-hidden />
          </IconButton>
        </Tooltip>
      </div>
    </nav>
  );
}

function ScreenLinks({ place, isCollapsed }: { place: Screen['place']; isCollapsed: boolean }) {
  const { t } = useTranslation();
  const screens = useScreens();
  return (
    <ul className="flex flex-col gap-0.5">
      {screens
        .filter((screen) => screen.place === place)
        .map(({ path, link, name, icon: Icon, keys }) => (
          <li key={path}>
            <Tooltip label={t(name)} keys={keys} side="right">
              <Link
                {...link}
                aria-label={isCollapsed ? t(name) : undefined}
                className={classNames(
                  'flex h-7 items-center gap-2 rounded-md px-2 text-sm font-medium text-ink-muted hover:bg-pressed/60 hover:text-ink',
                  isCollapsed && 'justify-center px-0',
                )}
                activeProps={{ className: 'bg-pressed text-ink', 'aria-current': 'page' }}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                {isCollapsed ? null : t(name)}
              </Link>
            </Tooltip>
          </li>
        ))}
    </ul>
  );
}
