import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Selection } from '#shared/contract/list.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { type FieldValues, recordClient } from '../client/record-client.ts';
import { useErrorToast, useUndo } from '../edits/toasts.tsx';

/** What can be done to chosen records at once. Each says what it did, and all but `purge` can be undone. */
export function useBulkChanges(object: ObjectName) {
  const client = useClient();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const showError = useErrorToast();
  const { showUndoable } = useUndo();
  const records = recordClient(client, object);
  const reread = () => void queries.invalidateQueries({ queryKey: queryKeys.records(object) });

  return {
    update: async (selection: Selection, values: FieldValues) => {
      try {
        const { changed, changeSetId } = await records.bulkUpdate({ selection, values });
        showUndoable(t('lists.bulk.updated', { count: changed }), changeSetId);
      } catch (error) {
        showError(t('lists.bulk.updateFailed'), error);
      }
      reread();
    },
    trash: async (selection: Selection) => {
      try {
        const { changed, changeSetId } = await records.trash({ selection });
        showUndoable(t('lists.bulk.trashed', { count: changed }), changeSetId);
      } catch (error) {
        showError(t('lists.bulk.trashFailed'), error);
      }
      reread();
    },
    restore: async (selection: Selection) => {
      try {
        const { changed, changeSetId } = await records.restore({ selection });
        showUndoable(t('trash.restored', { count: changed }), changeSetId);
      } catch (error) {
        showError(t('trash.restoreFailed'), error);
      }
      reread();
    },
    purge: async (selection: Selection) => {
      try {
        const { purged } = await records.purge({ selection });
        toast.success(t('trash.purged', { count: purged }));
      } catch (error) {
        showError(t('trash.purgeFailed'), error);
      }
      reread();
    },
  };
}
