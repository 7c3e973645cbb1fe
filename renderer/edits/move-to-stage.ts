import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpportunityStage } from '#shared/enums.ts';
import { opportunityIdSchema } from '#shared/ids.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import type { AnyRecord } from '../client/record-client.ts';
import { useStages } from '../pipeline/stages.ts';
import { replaceRecord } from './changes.ts';
import { useErrorToast, useUndo } from './toasts.tsx';

/**
 * Moves an opportunity to a stage: shown at once, then saved with an offer to undo it; put back when it could not be.
 * @returns whether it was saved
 */
export function useMoveToStage(): (record: AnyRecord, stage: OpportunityStage) => Promise<boolean> {
  const client = useClient();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const stages = useStages();
  const { showUndoable } = useUndo();
  const showError = useErrorToast();

  return useCallback(
    async (record, stage) => {
      const replace = (update: (row: AnyRecord) => AnyRecord) =>
        replaceRecord(queries, 'opportunities', record.id, update);
      await queries.cancelQueries({ queryKey: queryKeys.record('opportunities', record.id) });
      replace((row) => ({ ...row, stage }));
      try {
        const saved = await client.pipeline.moveToStage({ id: opportunityIdSchema.parse(record.id), stage });
        replace(() => saved.record);
        const label = stages.find((known) => known.stage === stage)?.label ?? stage;
        showUndoable(t('record.moved', { stage: label }), saved.changeSetId);
        return true;
      } catch (error) {
        replace(() => record);
        showError(t('record.moveFailed'), error);
        return false;
      }
    },
    [client, queries, t, stages, showUndoable, showError],
  );
}
