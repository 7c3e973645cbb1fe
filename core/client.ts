import { createRouterClient } from '@orpc/server';
import type { ContractClient } from '#shared/contract/contract.ts';
import type { OpenedApplication } from './application.ts';
import type { WorkPace } from './context.ts';
import { invalidCall } from './platform/worker/caller-errors.ts';
import { router } from './router.ts';

/**
 * The contract in this process, for a program without a window: inputs are checked as those of a window are, and nothing
 * crosses threads. Errors come as they are thrown.
 */
export function contractClient(
  { app, storage, identity, services }: OpenedApplication,
  { pace }: { readonly pace: WorkPace },
): ContractClient {
  return createRouterClient(router, {
    context: { app, storage, identity, services, pace },
    interceptors: [
      async (call) => {
        try {
          return await call.next();
        } catch (error) {
          throw invalidCall(error) ?? error;
        }
      },
    ],
  });
}
