import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { ImportPlan, ImportPreview } from '#shared/contract/imports.ts';
import { useClient } from '../../client/client-context.tsx';

const previewRows = 20;

/** What `preview` says about the plan; kept while the next answer is worked out. */
export interface PreviewState {
  readonly data: ImportPreview | undefined;
  readonly isUpdating: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

export function usePlanPreview(plan: ImportPlan): PreviewState {
  const client = useClient();
  // While a person types, only the newest plan is worth asking about.
  const settled = useDeferredValue(plan);
  const query = useQuery({
    queryKey: ['import-preview', settled],
    queryFn: ({ signal }) => client.imports.preview({ plan: settled, rowsPerFile: previewRows }, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  return {
    data: query.data,
    isUpdating: query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
  };
}
