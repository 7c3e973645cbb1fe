import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { recordIdSchema } from '#shared/ids.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { type AnyRecord, recordClient, titleOf } from '../client/record-client.ts';
import { useErrorToast, useUndo } from '../edits/toasts.tsx';

/** Moves the record of a page to the trash and back, each with an offer to undo it. The page stays where it is. */
export function useTrashing(object: ObjectName, record: AnyRecord) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const { showUndoable } = useUndo();
  const showError = useErrorToast();
  const selection = { ids: [recordIdSchema.parse(record.id)] };
  const refresh = () => queries.invalidateQueries({ queryKey: queryKeys.records(object) });

  const trash = async () => {
    try {
      const { changeSetId } = await recordClient(client, object).trash({ selection });
      showUndoable(t('record.trashed', { name: titleOf(object, record) }), changeSetId);
      await refresh();
    } catch (error) {
      showError(t('record.trashFailed'), error);
    }
  };
  const restore = async () => {
    try {
      const { changeSetId } = await recordClient(client, object).restore({ selection });
      showUndoable(t('record.restored', { name: titleOf(object, record) }), changeSetId);
      await refresh();
    } catch (error) {
      showError(t('record.restoreFailed'), error);
    }
  };
  return { trash, restore };
}
