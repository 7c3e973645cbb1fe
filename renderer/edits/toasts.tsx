import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { Toaster as Sonner, toast } from 'sonner';
import { create } from 'zustand';
import type { ChangeSetId } from '#shared/ids.ts';
import { useClient } from '../client/client-context.tsx';
import { useErrorText } from '../i18n/message.ts';

export function Toaster() {
  const { t } = useTranslation();
  return (
    <Sonner
      position="bottom-right"
      theme="system"
      visibleToasts={4}
      containerAriaLabel={t('common.notifications')}
      offset={16}
      hotkey={[]}
    />
  );
}

/** Shows an error where it happened to an action: what could not be done, and what the error tells. */
export function useErrorToast(): (title: string, error: unknown) => void {
  const errorText = useErrorText();
  return useCallback(
    (title, error) => {
      toast.error(title, { description: errorText(error), duration: 10_000 });
    },
    [errorText],
  );
}

const undoDepth = 50;

/** The change sets made in this window, newest last: what Ctrl/Cmd+Z undoes. */
const useUndoStack = create<{ changeSets: readonly ChangeSetId[] }>(() => ({ changeSets: [] }));

/** Makes a change undoable by Ctrl/Cmd+Z without a toast: for edits that show their own result. */
export function rememberChange(changeSetId: ChangeSetId): void {
  useUndoStack.setState(({ changeSets }) => ({ changeSets: [...changeSets, changeSetId].slice(-undoDepth) }));
}

const underWay = new Set<Promise<unknown>>();

/** Lets Ctrl/Cmd+Z wait for a write that shows already but is not saved yet: pressed at once, it means that one. */
export async function whileSaving<T>(write: Promise<T>): Promise<T> {
  underWay.add(write);
  try {
    return await write;
  } finally {
    underWay.delete(write);
  }
}

export function useUndo() {
  const client = useClient();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const showError = useErrorToast();

  const undo = useCallback(
    async (changeSetId: ChangeSetId) => {
      useUndoStack.setState(({ changeSets }) => ({
        changeSets: changeSets.filter((other) => other !== changeSetId),
      }));
      try {
        const { skipped } = await client.history.undo({ changeSetId });
        toast.success(
          t('common.undone'),
          skipped > 0 ? { description: t('common.undoSkipped', { count: skipped }) } : {},
        );
        await queries.invalidateQueries({ queryKey: ['records'] });
      } catch (error) {
        showError(t('common.undoFailed'), error);
      }
    },
    [client, queries, showError, t],
  );

  /** Undoes the newest change made in this window. */
  const undoLast = useCallback(async () => {
    await Promise.allSettled(underWay);
    const last = useUndoStack.getState().changeSets.at(-1);
    if (last) await undo(last);
    else toast(t('common.nothingToUndo'));
  }, [undo, t]);

  /** Says what was done and offers to undo it. */
  const showUndoable = useCallback(
    (text: string, changeSetId: ChangeSetId) => {
      rememberChange(changeSetId);
      toast.success(text, {
        duration: 8_000,
        action: { label: t('common.undo'), onClick: () => void undo(changeSetId) },
      });
    },
    [undo, t],
  );

  return { undo, undoLast, showUndoable };
}
