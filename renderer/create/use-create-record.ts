import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { type AnyRecord, type FieldValues, recordClient, titleOf } from '../client/record-client.ts';
import { rememberChange } from '../edits/toasts.tsx';

/** Creates a record, says so, and offers to open it. Throws what the application throws. */
export function useCreateRecord(object: ObjectName): (values: FieldValues) => Promise<AnyRecord> {
  const client = useClient();
  const queries = useQueryClient();
  const router = useRouter();
  const { t } = useTranslation();
  return async (values) => {
    const { record, changeSetId } = await recordClient(client, object).create({ values });
    rememberChange(changeSetId);
    queries.setQueryData(queryKeys.record(object, record.id), record);
    void queries.invalidateQueries({ queryKey: queryKeys.records(object) });
    toast.success(t('lists.created', { name: titleOf(object, record) }), {
      action: { label: t('lists.open'), onClick: () => router.history.push(`/${object}/${record.id}`) },
    });
    return record;
  };
}
