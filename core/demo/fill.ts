import type { Identity } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import type { Progress } from '#shared/contract/workspace.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Application, WorkPace } from '../context.ts';
import { loadStory } from './load.ts';
import { seededRandom } from './seeded-random.ts';

export interface FillOptions {
  readonly contacts: number;
  readonly activities: number;
  /** The same seed makes the same firm. Without one it is a new firm every time. */
  readonly seed?: number | undefined;
  /** The moment at which the story ends; now by default. */
  readonly endsAt?: number;
  readonly pace: WorkPace;
  readonly signal?: AbortSignal;
}

/**
 * Fills the caller's workspace with a believable example firm: exactly as many contacts and activities as asked for, with
 * accounts, deals, tasks and all that belongs to them. Ends by itself; may be stopped between slices.
 *
 * @throws SatchelError `not_found` when the workspace is gone
 */
export async function* fillWithDemo(
  app: Application,
  identity: Identity,
  options: FillOptions,
): AsyncGenerator<Progress> {
  const [workspace] = await app.engine.transaction(
    { as: identity, readOnly: true, label: 'demo workspace' },
    (tx) =>
      tx.rows(
        returning({
          currency: 'workspaces.currency',
          full_name: 'users.full_name',
          first_name: 'users.first_name',
        }),
        `SELECT w.currency, u.full_name, u.first_name
         FROM workspaces w JOIN users u ON u.workspace_id = w.id
         WHERE w.id = $1 AND u.id = $2`,
        [identity.workspaceId, identity.userId],
      ),
  );
  if (!workspace) throw new SatchelError('not_found', say`The workspace is not there any more.`);
  const fullName = workspace.full_name ?? workspace.first_name ?? 'Sam';
  yield* loadStory(app.engine, {
    contacts: options.contacts,
    activities: options.activities,
    random: options.seed === undefined ? app.random : seededRandom(options.seed),
    now: options.endsAt ?? app.clock.now(),
    currency: workspace.currency,
    founder: {
      id: identity.userId,
      firstName: workspace.first_name ?? fullName.split(' ')[0] ?? fullName,
      fullName,
    },
    workspaceId: identity.workspaceId,
    pace: options.pace,
    ...(options.signal && { signal: options.signal }),
  });
}
