import type { VerifiedBackup } from '#db/engine/backup/manifest.ts';
import type { Engine, Identity } from '#db/engine/types.ts';
import type { OpenInspection } from '#db/start/inspect.ts';
import type { BackupOptions } from '#db/start/open.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Clock, IdSource, Random } from '#shared/runtime.ts';

export type { Identity } from '#db/engine/types.ts';

/** What the application needs from outside. Made once by the worker; tests make their own. */
export interface Application {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: Random;
  readonly log: Log;
  /** The data directory: the cluster, uploads, backups and error files live below it. */
  readonly dataDir: string;
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
