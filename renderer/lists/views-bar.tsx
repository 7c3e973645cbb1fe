import { useQueryClient } from '@tanstack/react-query';
import { MoreHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { SavedView } from '#shared/contract/views.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { Button, IconButton } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../components/menu.tsx';
import { useErrorToast } from '../edits/toasts.tsx';
import type { ListState } from './list-state.ts';
import { SaveViewDialog } from './save-view-dialog.tsx';

export interface ViewsBarProps {
  object: ObjectName;
  state: ListState;
}

/** The list's saved views as tabs, and what to do with changes to the chosen one. */
export function ViewsBar({ object, state }: ViewsBarProps) {
  const { t } = useTranslation();
  const { save, remove } = useViewChanges(object, state);
  const [isNaming, setNaming] = useState(false);
  const { view } = state;
  return (
    <div className="flex min-w-0 flex-1 items-center gap-1 overflow-x-auto">
      <ViewTab isActive={view === null} onChoose={() => state.chooseView(null)}>
        {t(`objects.${object}.all`)}
      </ViewTab>
      {state.views.map((each) => (
        <ViewTab
          key={each.id}
          isActive={view?.id === each.id}
          onChoose={() => state.chooseView(each)}
          isContent
        >
          {each.name}
        </ViewTab>
      ))}
      {view?.isMine ? (
        <Menu modal={false}>
          <MenuTrigger asChild>
            <IconButton label={t('lists.views.more')}>
              <MoreHorizontal aria-hidden />
            </IconButton>
          </MenuTrigger>
          <MenuContent>
            <MenuItem onSelect={() => setNaming(true)}>{t('lists.views.saveAs')}</MenuItem>
            <MenuItem isDestructive onSelect={() => void remove(view)}>
              {t('lists.views.remove')}
            </MenuItem>
          </MenuContent>
        </Menu>
      ) : null}
      {state.isChanged ? (
        <>
          {view?.isMine ? (
            <Button kind="quiet" size="small" onClick={() => void save(view.name, view.isShared, view)}>
              {t('common.save')}
            </Button>
          ) : (
            <Button kind="quiet" size="small" onClick={() => setNaming(true)}>
              {t('lists.views.saveAs')}
            </Button>
          )}
          <Button kind="quiet" size="small" onClick={state.reset}>
            {t('lists.views.reset')}
          </Button>
        </>
      ) : null}
      <SaveViewDialog
        isOpen={isNaming}
        onClose={() => setNaming(false)}
        onSave={(name, isShared) => save(name, isShared, null)}
      />
    </div>
  );
}

interface ViewTabProps {
  isActive: boolean;
  isContent?: boolean;
  onChoose: () => void;
  children: string;
}

function ViewTab({ isActive, isContent = false, onChoose, children }: ViewTabProps) {
  return (
    <button
      type="button"
      aria-pressed={isActive}
      data-content={isContent ? '' : undefined}
      onClick={onChoose}
      className={classNames(
        'h-7 shrink-0 rounded-md px-2 text-sm',
        isActive ? 'bg-hover font-medium text-ink' : 'text-ink-muted hover:bg-hover hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}

function useViewChanges(object: ObjectName, state: ListState) {
  const client = useClient();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const showError = useErrorToast();
  const reread = () => queries.invalidateQueries({ queryKey: queryKeys.views(object) });
  return {
    /** @param existing the view to replace, or null for a new one */
    save: async (name: string, isShared: boolean, existing: SavedView | null) => {
      try {
        const saved = await client.views.save({
          object,
          name,
          isShared,
          definition: state.definition,
          ...(existing ? { id: existing.id } : {}),
        });
        await reread();
        state.chooseView(saved);
        return true;
      } catch (error) {
        showError(t('lists.views.saveFailed'), error);
        return false;
      }
    },
    remove: async (view: SavedView) => {
      try {
        await client.views.remove({ id: view.id });
        state.chooseView(null);
        await reread();
        toast.success(t('lists.views.removed', { name: view.name }), {
          action: {
            label: t('common.undo'),
            onClick: () => {
              const { object: of, name, isShared, definition } = view;
              void client.views.save({ object: of, name, isShared, definition }).then(reread);
            },
          },
        });
      } catch (error) {
        showError(t('lists.views.removeFailed'), error);
      }
    },
  };
}
