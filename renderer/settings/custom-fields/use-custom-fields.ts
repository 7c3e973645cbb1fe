import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { CustomFieldDefinition } from '#shared/contract/custom-fields.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../../client/client-context.tsx';
import { queryKeys } from '../../client/query-keys.ts';
import { useErrorToast } from '../../edits/toasts.tsx';

export function useRemovedFieldsQuery(object: ObjectName) {
  const client = useClient();
  return useQuery({
    queryKey: [...queryKeys.customFields(object), 'removed'],
    queryFn: ({ signal }) => client.customFields.list({ object, removed: true }, { signal }),
  });
}

/** What can be done to an object's custom fields. Each says what it did, or why it could not. */
export function useCustomFieldChanges(object: ObjectName) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const showError = useErrorToast();
  const reread = () => queries.invalidateQueries({ queryKey: queryKeys.customFields(object) });

  /** @returns whether it was saved */
  const define = async (field: Omit<CustomFieldDefinition, 'position'>, done: string): Promise<boolean> => {
    try {
      await client.customFields.define(field);
      toast.success(done);
      return true;
    } catch (error) {
      showError(t('settings.fields.saveFailed'), error);
      return false;
    } finally {
      await reread();
    }
  };
  const restore = (field: CustomFieldDefinition) =>
    define(field, t('settings.fields.restored', { name: field.label }));

  return {
    define,
    restore,
    remove: async (field: CustomFieldDefinition) => {
      try {
        await client.customFields.remove({ object, key: field.key });
        toast.success(t('settings.fields.archived', { name: field.label }), {
          duration: 8_000,
          action: { label: t('common.undo'), onClick: () => void restore(field) },
        });
      } catch (error) {
        showError(t('settings.fields.saveFailed'), error);
      }
      await reread();
    },
    reorder: async (keys: readonly string[]) => {
      queries.setQueryData<CustomFieldDefinition[]>(queryKeys.customFields(object), (fields) =>
        fields?.map((field) => ({ ...field, position: keys.indexOf(field.key) })),
      );
      try {
        await client.customFields.reorder({ object, keys: [...keys] });
      } catch (error) {
        showError(t('settings.fields.saveFailed'), error);
      }
      await reread();
    },
  };
}
