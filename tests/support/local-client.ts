import { createRouterClient } from '@orpc/server';
import type { Application } from '#core/context.ts';
import { router } from '#core/router.ts';
import type { Identity } from '#db/engine/types.ts';
import { noStorage } from './no-storage.ts';
import { receivedOutput } from './received-output.ts';
import { testServices } from './services.ts';

/** The contract called in this very process, inputs validated as in the worker and outputs as at the client, without a wire between. */
export function localClient(app: Application, identity: Identity) {
  return createRouterClient(router, {
    context: {
      app,
      storage: noStorage,
      identity: async () => identity,
      services: testServices(app),
      pace: 'background',
    },
    interceptors: [receivedOutput],
  });
}
