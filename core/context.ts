import type { VerifiedBackup } from '#db/engine/backup/manifest.ts';
import type { Engine, Identity } from '#db/engine/types.ts';
import type { OpenInspection } from '#db/start/inspect.ts';
import type { BackupOptions } from '#db/start/open.ts';
import { SatchelError } from '#shared/errors.ts';
import type { WorkspaceId } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource, Random } from '#shared/runtime.ts';
import type { Ports } from './platform/ports.ts';

export type { Identity } from '#db/engine/types.ts';

/** What the application needs from outside. Made once by the worker; tests make their own. */
export interface Application {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: Random;
  readonly log: Log;
  readonly ports: Ports;
  /** The key for personal data, and which fields it is for. */
  readonly personal: PersonalKeys;
  /** The data directory: the cluster, uploads, backups and error files live below it. */
  readonly dataDir: string;
}

/** The key that personal data of a workspace is sealed by. It is kept in the secrets of the host, never in the database. */
export interface PersonalKeys {
  /** The custom fields marked as personal, as `object.key`. */
  fields(workspaceId: WorkspaceId): Promise<ReadonlySet<string>>;
  /** Null where the key is not on this computer. */
  find(workspaceId: WorkspaceId): Promise<string | null>;
  /**
   * Makes the key where the workspace has none yet, and keeps it for good before anything is sealed by it.
   * @throws SatchelError `conflict` where it has one that is not on this computer
   */
  ensure(workspaceId: WorkspaceId): Promise<void>;
}

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Where and how the data is kept. */
export interface Storage {
  inspect(): Promise<OpenInspection>;
  /** Writes everything into one new file while work goes on, and proves it by restoring it elsewhere. */
  backup(
    file: string,
    options: Pick<BackupOptions, 'signal' | 'countsAll' | 'onProgress'>,
  ): Promise<VerifiedBackup>;
}

/** `background`: somebody may be waiting, and long work leaves the engine to them. `bulk`: nobody can be. */
export type WorkPace = 'background' | 'bulk';

/** One call of the contract: the application, and who asks. `identity` is null until a workspace exists. */
export interface RequestContext {
  readonly app: Application;
  readonly storage: Storage;
  readonly identity: () => Promise<Identity | null>;
  /** Of an import, its revert and the example firm. */
  readonly pace: WorkPace;
}

export async function requireIdentity(context: RequestContext): Promise<Identity> {
  const identity = await context.identity();
  if (!identity) throw new SatchelError('not_found', say`There is no workspace yet. Create one first.`);
  return identity;
}
