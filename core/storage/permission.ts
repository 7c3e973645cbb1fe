import { bool, returning } from '#db/row.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { Application, Identity } from '../context.ts';

/** Files are not below row-level security, so the permission is asked for. @throws SatchelError `forbidden` */
export async function requireCareOfStorage(app: Application, identity: Identity): Promise<void> {
  const [row] = await app.engine.transaction({ as: identity, readOnly: true, label: 'storage' }, (tx) =>
    tx.rows(returning({ may: bool }), "SELECT satchel.can('workspace:update') AS may"),
  );
  if (row?.may) return;
  throw new SatchelError(
    'forbidden',
    say`Your role does not allow you to see or back up how the data is kept. Ask an administrator.`,
  );
}
