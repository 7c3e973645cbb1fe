import { createContext, type ReactNode, useContext } from 'react';
import type { ContractClient } from '#shared/contract/contract.ts';

const ClientContext = createContext<ContractClient | null>(null);

export function ClientProvider({ client, children }: { client: ContractClient; children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>;
}

/** The contract's client. Screens read through the hooks of `queries.ts`; this is for what has no hook there. */
export function useClient(): ContractClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('useClient needs a ClientProvider above it.');
  return client;
}
