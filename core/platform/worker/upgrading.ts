import { implement } from '@orpc/server';
import { contract } from '#shared/contract/contract.ts';
import type { WorkspaceStatus } from '#shared/contract/workspace.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { silentLog } from '../../log.ts';
import { type ConnectionServer, connectionServer } from './serve-connection.ts';

/** Answers while the database is brought over to another PostgreSQL: how far that is, and `busy` to everything else. */
export function upgradingServer(status: () => WorkspaceStatus): ConnectionServer {
  const router = { workspace: { status: implement(contract).workspace.status.handler(status) } };
  return connectionServer(
    router,
    {},
    silentLog,
    () => new SatchelError('busy', say`Satchel is upgrading its database. Wait until it has finished.`),
  );
}
