import { implement } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import type { RequestContext } from './context.ts';

/** The implementer of the contract: `procedures.accounts.list.handler(...)`. Each capability's folder implements its part. */
export const procedures = implement(contract).$context<RequestContext>();
