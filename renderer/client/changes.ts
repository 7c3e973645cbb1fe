import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '#shared/objects/objects.ts';
import { rememberChange, useErrorToast } from '../toasts/toasts.tsx';
import { useClient } from './client-context.tsx';
import { queryKeys } from './query-keys.ts';
import { type AnyRecord, recordClient, valuesForUpdate } from './record-client.ts';

interface Page {
  rows: readonly AnyRecord[];
  nextCursor: string | null;
}

export interface FieldChange {
  record: AnyRecord;
  /** A field's key or `custom.<key>`. */
  field: string;
  value: unknown;
  /** For a reference: the property that carries the target's name, and the new name. */
  display?: { key: string; name: string | null };
}

/**
 * Changes one field of one record: shown at once everywhere the record shows, then saved; put back with a toast when
 * it could not be saved. Undone by Ctrl/Cmd+Z.
 * @returns whether it was saved
 */
export function useUpdateField(object: ObjectName): (change: FieldChange) => Promise<boolean> {
  const client = useClient();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const showError = useErrorToast();

  return useCallback(
    async ({ record, field, value, display }: FieldChange) => {
      const values = valuesForUpdate(record, field, value);
      const shown = { ...values, ...(display ? { [display.key]: display.name } : {}) };
      const replace = (update: (row: AnyRecord) => AnyRecord) =>
        replaceRecord(queries, object, record.id, update);

      await queries.cancelQueries({ queryKey: queryKeys.records(object) });
      replace((row) => ({ ...row, ...shown }));
      try {
        const saved = await recordClient(client, object).update({
          id: record.id,
          values,
          expectedUpdatedAt: record.updatedAt,
        });
        rememberChange(saved.changeSetId);
        replace(() => saved.record);
        return true;
      } catch (error) {
        replace(() => record);
        showError(t('common.saveFailed'), error);
        void queries.invalidateQueries({ queryKey: queryKeys.records(object) });
        return false;
      }
    },
    [client, queries, object, showError, t],
  );
}

/** Replaces a record wherever it is cached: in list pages and as itself. */
export function replaceRecord(
  queries: ReturnType<typeof useQueryClient>,
  object: ObjectName,
  id: string,
  update: (row: AnyRecord) => AnyRecord,
): void {
  queries.setQueriesData<Page>({ queryKey: queryKeys.lists(object) }, (page) => {
    if (!page?.rows.some((row) => row.id === id)) return page;
    return { ...page, rows: page.rows.map((row) => (row.id === id ? update(row) : row)) };
  });
  const key: QueryKey = queryKeys.record(object, id);
  queries.setQueryData<AnyRecord>(key, (record) => record && update(record));
}
