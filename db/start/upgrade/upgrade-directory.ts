import { constants } from 'node:fs';
import { cp, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { IdSource } from '#shared/runtime.ts';
import { postgresMajor } from '../../engine/cluster.ts';
import { exchange } from '../../engine/exchange.ts';
import { directoryProblem } from '../../engine/file-problems.ts';
import { makeCluster, settleTree, unfinished } from '../../engine/first-start.ts';
import type { DataDirectory } from '../../engine/layout.ts';
import { treeSize } from '../../engine/tree-size.ts';
import type { Migration } from '../../migrate/migrations.ts';
import { type UpgradeProgress, upgradeCluster } from './upgrade-cluster.ts';

export interface DirectoryUpgrade {
  readonly major: string;
  readonly migrations: readonly Migration[];
  /** A cluster with all of them applied, where there is one. */
  readonly template: string | undefined;
  readonly ids: IdSource;
  readonly onProgress: (progress: UpgradeProgress) => void;
}

/**
 * Brings the data over from an earlier major version of PostgreSQL. The old cluster is never opened, only a copy of it;
 * the new one takes its place when it has been compared and synced, and the old one stays beside it, see `keptClusters`.
 * A crash leaves the old one as it was, or an exchange that the next start finishes. With the lock held.
 */
export async function upgradeDirectory(directory: DataDirectory, upgrade: DirectoryUpgrade): Promise<void> {
  const { root, cluster } = directory;
  const { major, template } = upgrade;
  const id = upgrade.ids.next();
  const incoming = `${unfinished.cluster}${id}`;
  const from = join(root, `${unfinished.reading}${id}`);
  const to = join(root, incoming);
  try {
    await requireSpace(directory);
    await cp(cluster, from, { recursive: true, mode: constants.COPYFILE_FICLONE });
    const { migrations, onProgress } = upgrade;
    const make = (isCurrent: boolean) => makeCluster(to, isCurrent ? template : undefined);
    await upgradeCluster({ from, to, major, migrations, onProgress, makeCluster: make });
    await rm(from, { recursive: true });
    await settleTree(to);
  } catch (error) {
    await rm(from, { recursive: true, force: true });
    await rm(to, { recursive: true, force: true });
    throw notUpgraded(error, directory, major);
  }
  const swaps = [{ incoming, place: 'pg', outgoing: `pg.postgresql-${major}-${id}` }];
  await exchange(directory, { swaps, forgotten: ['closing-record.json'] });
}

/** For the copy that is read and for the new cluster. Filling the disk first would only waste a person's time. */
async function requireSpace({ root, cluster }: DataDirectory): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  const needed = 2 * (await treeSize(cluster));
  if (bavail * bsize > needed) return;
  const megabytes = Math.ceil(needed / 1_000_000);
  throw new SatchelError(
    'busy',
    say`It needs ${megabytes} MB of free space. Free some and start Satchel again.`,
  );
}

function notUpgraded(error: unknown, directory: DataDirectory, major: string): SatchelError {
  const cause = error instanceof SatchelError ? error : directoryProblem(error, directory.root);
  return new SatchelError(
    cause.code,
    say`The data in ${directory.root} was written by PostgreSQL ${major} and could not be brought over to PostgreSQL ${postgresMajor}. ${cause.said} The data is untouched.`,
    { details: { ...cause.details, directory: directory.root, found: major }, cause },
  );
}
