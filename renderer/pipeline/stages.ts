import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type OpportunityStage, opportunityStages } from '#shared/enums.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';

export interface Stage {
  readonly stage: OpportunityStage;
  readonly label: string;
  readonly isHidden: boolean;
}

/** The stages as the workspace has set them up. */
export function useStageSettings() {
  const client = useClient();
  return useQuery({
    queryKey: [...queryKeys.pipeline(), 'stages'],
    queryFn: ({ signal }) => client.pipeline.stages({}, { signal }),
  });
}

/** The stages in the workspace's order and with its names; the built-in ones until they were read. */
export function useStages(): readonly Stage[] {
  const { t } = useTranslation();
  const { data } = useStageSettings();
  return useMemo(() => {
    const settings =
      data ?? opportunityStages.map((stage, position) => ({ stage, label: null, position, isHidden: false }));
    return [...settings]
      .sort((one, other) => one.position - other.position)
      .map(({ stage, label, isHidden }) => ({
        stage,
        label: label ?? t(`options.opportunityStage.${stage}`),
        isHidden,
      }));
  }, [data, t]);
}
