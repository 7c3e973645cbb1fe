import type { Identity, Tx } from '#db/engine/types.ts';
import { bool, returning, typed } from '#db/row.ts';
import { type SQL, sql } from '#db/sql.ts';
import type { SavedView } from '#shared/contract/views.ts';
import { SatchelError } from '#shared/errors.ts';
import type { SavedViewId } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import type { Application } from '../context.ts';
import { newChangeSetId, openChangeSet } from '../data/change-set.ts';
import { executeBuilt, type PlainStatements, plainStatements } from '../data/drizzle.ts';
import { queryRows } from '../data/statement.ts';

export type ViewInput = Omit<SavedView, 'id' | 'isMine'> & { readonly id?: SavedViewId | undefined };

/** The person's own views of an object and the shared ones, in their order. */
export async function savedViews(tx: Tx, identity: Identity, object: ObjectName): Promise<SavedView[]> {
  return readViews(tx, identity, sql`v.object = ${object}`);
}

async function readViews(tx: Tx, identity: Identity, which: SQL): Promise<SavedView[]> {
  return queryRows(
    tx,
    returning({
      id: typed<SavedViewId>('saved_views.id'),
      object: typed<ObjectName>('saved_views.object'),
      name: 'saved_views.name',
      isShared: 'saved_views.is_shared',
      definition: typed<SavedView['definition']>('saved_views.definition'),
      isMine: bool,
    }),
    sql`
      SELECT
        v.id, v.object, v.name, v.is_shared AS "isShared", v.definition,
        v.owner_id IS NOT DISTINCT FROM ${identity.userId}::uuid AS "isMine"
      FROM saved_views v
      WHERE v.workspace_id = ${identity.workspaceId}::uuid AND v.deleted_at IS NULL AND ${which}
      ORDER BY v.position, v.name, v.id`,
  );
}

/**
 * Makes a view, or changes one.
 * @throws SatchelError `not_found`, or `forbidden` where it is somebody else's
 */
export async function saveView(app: Application, identity: Identity, view: ViewInput): Promise<SavedView> {
  const plain = await plainStatements();
  return app.engine.transaction({ as: identity, label: 'save view' }, async (tx) => {
    const id = view.id ?? app.ids.next();
    if (view.id) await requireView(tx, identity, view.id);
    await openChangeSet(tx, identity, newChangeSetId(app.ids), { label: say`Saved the view ${view.name}` });
    const write = view.id ? changeView : insertView;
    const saved = await write(plain, tx, identity, id, view);
    if (saved === 0)
      throw new SatchelError('forbidden', say`Only who made this view may change it. Save it as your own.`);
    const [stored] = await readViews(tx, identity, sql`v.id = ${id}::uuid`);
    if (!stored) throw new SatchelError('internal', say`The view was stored and cannot be read.`);
    return stored;
  });
}

function insertView(
  { build, schema: { savedViews } }: PlainStatements,
  tx: Tx,
  { workspaceId, userId }: Identity,
  id: string,
  { object, name, isShared, definition }: ViewInput,
): Promise<number> {
  return executeBuilt(
    tx,
    build.insert(savedViews).values({ workspaceId, id, object, name, ownerId: userId, isShared, definition }),
  );
}

function changeView(
  { build, schema: { savedViews }, and, eq }: PlainStatements,
  tx: Tx,
  { workspaceId }: Identity,
  id: string,
  { object, name, isShared, definition }: ViewInput,
): Promise<number> {
  return executeBuilt(
    tx,
    build
      .update(savedViews)
      .set({ name, isShared, definition })
      .where(
        and(eq(savedViews.workspaceId, workspaceId), eq(savedViews.id, id), eq(savedViews.object, object)),
      ),
  );
}

/** @throws SatchelError `not_found`, or `forbidden` where it is somebody else's */
export async function removeView(app: Application, identity: Identity, id: SavedViewId): Promise<void> {
  const { build, schema, and, eq, now } = await plainStatements();
  await app.engine.transaction({ as: identity, label: 'remove view' }, async (tx) => {
    const view = await requireView(tx, identity, id);
    await openChangeSet(tx, identity, newChangeSetId(app.ids), { label: say`Removed the view ${view.name}` });
    const removed = await executeBuilt(
      tx,
      build
        .update(schema.savedViews)
        .set({ deletedAt: now })
        .where(and(eq(schema.savedViews.workspaceId, identity.workspaceId), eq(schema.savedViews.id, id))),
    );
    if (removed === 0) throw new SatchelError('forbidden', say`Only who made this view may remove it.`);
  });
}

async function requireView(tx: Tx, identity: Identity, id: SavedViewId): Promise<SavedView> {
  const [view] = await readViews(tx, identity, sql`v.id = ${id}::uuid`);
  if (!view) throw new SatchelError('not_found', say`This view does not exist any more.`);
  return view;
}
