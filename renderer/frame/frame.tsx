import { Outlet, useRouter } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAppearance } from '../appearance/appearance.ts';
import { CreateDialog } from '../create/create-dialog.tsx';
import { ConflictDialog } from '../edits/conflicts/conflict-dialog.tsx';
import { useUndo } from '../edits/toasts.tsx';
import { type Screen, useScreens } from '../navigation/screens.ts';
import { CommandPalette } from '../palette/command-palette.tsx';
import { StageNames } from '../pipeline/stage-names.tsx';
import { ShortcutSheet } from '../shortcuts/shortcut-sheet.tsx';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { Sidebar } from './sidebar.tsx';
import { useWholeTextOnHover } from './whole-text.ts';

/** The frame around every screen of a ready workspace. */
export function Frame() {
  const { t } = useTranslation();
  const content = useRef<HTMLElement>(null);
  const screens = useScreens();
  useFrameShortcuts();
  useWholeTextOnHover();
  return (
    <StageNames>
      <div className="flex h-full">
        <button
          type="button"
          onClick={() => content.current?.focus()}
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1"
        >
          {t('frame.skipToContent')}
        </button>
        {screens.map((screen) => (
          <ScreenShortcut key={screen.path} screen={screen} />
        ))}
        <Sidebar />
        <main
          ref={content}
          tabIndex={-1}
          className="my-2 mr-2 flex min-w-0 flex-1 flex-col overflow-hidden rounded-lg border border-line bg-surface outline-none"
        >
          <ConnectionBanner />
          <Outlet />
        </main>
        <CommandPalette />
        <ShortcutSheet />
        <CreateDialog />
        <ConflictDialog />
      </div>
    </StageNames>
  );
}

function useFrameShortcuts(): void {
  const { undoLast } = useUndo();
  useShortcut('undo', () => void undoLast());
  useShortcut('toggleSidebar', () =>
    useAppearance.setState(({ isSidebarCollapsed }) => ({ isSidebarCollapsed: !isSidebarCollapsed })),
  );
}

function ScreenShortcut({ screen }: { screen: Screen }) {
  const router = useRouter();
  useShortcut(screen.shortcut, () => router.history.push(screen.path));
  return null;
}
