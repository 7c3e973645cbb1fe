import { implement } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import type { RequestContext } from './context.ts';
import type { Services } from './services.ts';

/** What a procedure is called with. */
export interface CallContext extends RequestContext {
  readonly services: Services;
}

/**
 * The implementer of the contract: `procedures.accounts.list.handler(...)`. Each capability's folder implements its part.
 *
 * Inputs are validated here and answers by the client, each where it is received. Validating answers here as well took
 * as long as everything else that a list costs beside its queries.
 */
export const procedures = implement(contract)
  .$context<CallContext>()
  .$config({ initialOutputValidationIndex: Number.NaN });
