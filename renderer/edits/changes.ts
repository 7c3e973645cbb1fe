import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractClient } from '#shared/contract/contract.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import {
  type AnyRecord,
  recordClient,
  valueOf,
  valuesForUpdate,
  withValue,
} from '../client/record-client.ts';
import { asSatchelError } from '../i18n/errors.ts';
import { useConflict } from './conflicts/conflict-state.ts';
import type { FieldChange } from './field-change.ts';
import { rememberChange, useErrorToast, useUndo, whileSaving } from './toasts.tsx';

interface Page {
  rows: readonly AnyRecord[];
  nextCursor: string | null;
}

/**
 * Changes one field of one record: shown at once everywhere the record shows, then saved; put back with a toast when
 * it could not be saved, and with a question when somebody else changed the same field. Undone by Ctrl/Cmd+Z.
 * @returns whether it was saved
 */
export function useUpdateField(object: ObjectName): (change: FieldChange) => Promise<boolean> {
  const client = useClient();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const showError = useErrorToast();
  const { showUndoable } = useUndo();

  return useCallback(
    async function save(change: FieldChange): Promise<boolean> {
      const { record, field, value, display, announcement } = change;
      const values = valuesForUpdate(field, value);
      const shown = display ? { [display.key]: display.name } : {};
      const replace = (update: (row: AnyRecord) => AnyRecord) =>
        replaceRecord(queries, object, record.id, update);

      await queries.cancelQueries({ queryKey: queryKeys.records(object) });
      replace((row) => ({ ...withValue(row, field, value), ...shown }));
      try {
        const saved = await whileSaving(
          recordClient(client, object)
            .update({ id: record.id, values, expectedUpdatedAt: record.updatedAt })
            .then((done) => {
              if (announcement) showUndoable(announcement, done.changeSetId);
              else rememberChange(done.changeSetId);
              return done;
            }),
        );
        replace(() => saved.record);
        return true;
      } catch (error) {
        replace(() => record);
        if (isConflictOf(error, field)) {
          const current = await readCurrent(client, object, record.id);
          if (current) {
            replace(() => current);
            const now = valueOf(current, field);
            if (isSame(now, value)) return true;
            // The person saw this very value, e.g. their own edit of a moment ago: there is nothing to choose.
            if (isSame(now, valueOf(record, field))) return await save({ ...change, record: current });
            useConflict.setState({ conflict: { object, current, change } });
            return false;
          }
        }
        showError(t('common.saveFailed'), error);
        void queries.invalidateQueries({ queryKey: queryKeys.records(object) });
        return false;
      }
    },
    [client, queries, object, showError, showUndoable, t],
  );
}

/** A conflict without this field (the record is in the trash) has no two values to choose from. */
function isConflictOf(error: unknown, field: string): boolean {
  const { code, details } = asSatchelError(error);
  const fields = details['fields'];
  return code === 'conflict' && Array.isArray(fields) && fields.includes(field);
}

/** The record as it is now, to show what a conflict is about; null when that cannot be told. */
async function readCurrent(
  client: ContractClient,
  object: ObjectName,
  id: string,
): Promise<AnyRecord | null> {
  try {
    return await recordClient(client, object).get({ id });
  } catch {
    return null;
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
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
