import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../client/client-context.tsx';
import { queryKeys } from '../../client/query-keys.ts';

/** The imports of the workspace, newest first. */
export function useBatches() {
  const client = useClient();
  return useQuery({
    queryKey: queryKeys.imports(),
    queryFn: ({ signal }) => client.imports.list({}, { signal }),
  });
}
