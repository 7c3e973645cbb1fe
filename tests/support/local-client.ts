import { createRouterClient } from '@orpc/server';
import type { Application } from '#core/context.ts';
import { router } from '#core/router.ts';
import type { Identity } from '#db/engine/types.ts';

/** The contract called in this very process, inputs and outputs validated as in the worker, without a wire between. */
export function localClient(app: Application, identity: Identity) {
  return createRouterClient(router, { context: { app, identity: async () => identity } });
}
