import { implement } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import type { RequestContext } from './context.ts';

/**
 * The implementer of the contract: `procedures.accounts.list.handler(...)`. Each capability's folder implements its part.
 *
 * Inputs are validated here and answers by the client, each where it is received. Validating answers here as well took
 * as long as everything else that a list costs beside its queries.
 */
export const procedures = implement(contract)
  .$context<RequestContext>()
  .$config({ initialOutputValidationIndex: Number.NaN });
