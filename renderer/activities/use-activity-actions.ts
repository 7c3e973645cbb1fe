import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Activity, ActivityInput } from '#shared/contract/timeline.ts';
import { useClient } from '../client/client-context.tsx';
import { useErrorToast, useUndo } from '../edits/toasts.tsx';

/** Logging, changing and removing activities, each with an offer to undo it. They answer whether it was done. */
export function useActivityActions() {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const { showUndoable } = useUndo();
  const showError = useErrorToast();
  const refresh = () => queries.invalidateQueries({ queryKey: ['timeline'] });

  const log = async (input: ActivityInput): Promise<boolean> => {
    try {
      const { changeSetId } = await client.timeline.log(input);
      showUndoable(t(`composer.logged.${input.type}`), changeSetId);
      await refresh();
      return true;
    } catch (error) {
      showError(t('composer.saveFailed'), error);
      return false;
    }
  };
  const change = async (activity: Activity, values: ActivityInput): Promise<boolean> => {
    try {
      const { changeSetId } = await client.timeline.update({
        id: activity.id,
        occurredAt: activity.occurredAt,
        values,
      });
      showUndoable(t('composer.updated'), changeSetId);
      await refresh();
      return true;
    } catch (error) {
      showError(t('composer.saveFailed'), error);
      return false;
    }
  };
  const remove = async ({ id, occurredAt }: Activity): Promise<void> => {
    try {
      const { changeSetId } = await client.timeline.remove({ id, occurredAt });
      showUndoable(t('composer.removed'), changeSetId);
      await refresh();
    } catch (error) {
      showError(t('composer.removeFailed'), error);
    }
  };
  return { log, change, remove };
}
