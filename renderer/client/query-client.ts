import { QueryClient } from '@tanstack/react-query';
import { isTemporary } from '../i18n/errors.ts';

/** The cache of what the application answered. It stays fresh by events, not by time. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 60_000,
        refetchOnWindowFocus: false,
        // The workspace is on this machine: reading it needs no network.
        networkMode: 'always',
        retry: (failures, error) => isTemporary(error) && failures < 5,
        retryDelay: (failures) => Math.min(200 * 2 ** failures, 3_000),
      },
      // A write whose answer was lost may have been carried out; repeating it blindly could do it twice.
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
