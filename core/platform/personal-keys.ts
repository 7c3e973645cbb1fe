import { createHash, randomBytes } from 'node:crypto';
import type { Engine } from '#db/engine/types.ts';
import { returning, text } from '#db/row.ts';
import { SatchelError } from '#shared/errors.ts';
import type { WorkspaceId } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import type { PersonalKeys } from '../context.ts';
import type { Secrets } from './ports.ts';

export const personalKeyMissing = say`The key for personal data is not on this computer, so that it can neither be read nor changed. Nothing is lost: put the key back into the keyring, or the file secrets.json into the data directory.`;

/** By this a key is known to be the right one. It says nothing of the key, whose 32 bytes nobody can try out. */
const checkSetting = 'privacy.key_check';
const keyBytes = 32;

/** The keys of the workspaces of one data directory. */
export class WorkspaceKeys implements PersonalKeys {
  readonly #engine: Engine;
  readonly #secrets: Secrets;
  readonly #fields = new Map<WorkspaceId, Promise<ReadonlySet<string>>>();

  constructor(engine: Engine, secrets: Secrets) {
    this.#engine = engine;
    this.#secrets = secrets;
    engine.onTablesChanged(({ table }) => {
      if (table === 'custom_field_definitions') this.#fields.clear();
    });
  }

  fields(workspaceId: WorkspaceId): Promise<ReadonlySet<string>> {
    const known = this.#fields.get(workspaceId) ?? this.#readFields(workspaceId);
    this.#fields.set(workspaceId, known);
    known.catch(() => this.#fields.delete(workspaceId));
    return known;
  }

  async find(workspaceId: WorkspaceId): Promise<string | null> {
    const [key, check] = [await this.#secrets.read(nameOf(workspaceId)), await this.#readCheck(workspaceId)];
    return key !== null && checkOf(key) === check ? key : null;
  }

  async ensure(workspaceId: WorkspaceId): Promise<void> {
    const check = await this.#readCheck(workspaceId);
    if (check !== undefined) {
      if ((await this.find(workspaceId)) !== null) return;
      throw new SatchelError('conflict', personalKeyMissing);
    }
    // One that was kept while its check was not, by a crash in between, has sealed nothing and is as good as a new one.
    const kept = await this.#secrets.read(nameOf(workspaceId));
    const key = kept ?? randomBytes(keyBytes).toString('hex');
    if (kept === null) await this.#secrets.write(nameOf(workspaceId), key);
    await this.#engine.transaction({ as: 'system', label: 'personal key' }, (tx) =>
      tx.query('INSERT INTO settings (workspace_id, key, value) VALUES ($1, $2, to_jsonb($3::text))', [
        workspaceId,
        checkSetting,
        checkOf(key),
      ]),
    );
  }

  async #readCheck(workspaceId: WorkspaceId): Promise<string | undefined> {
    const [row] = await this.#engine.transaction(
      { as: 'system', readOnly: true, label: 'personal key' },
      (tx) =>
        tx.rows(
          returning({ check: text }),
          `SELECT value #>> '{}' AS check FROM settings WHERE workspace_id = $1 AND key = $2 AND user_id IS NULL`,
          [workspaceId, checkSetting],
        ),
    );
    return row?.check;
  }

  async #readFields(workspaceId: WorkspaceId): Promise<ReadonlySet<string>> {
    const rows = await this.#engine.transaction(
      { as: 'system', readOnly: true, label: 'personal fields' },
      (tx) =>
        tx.rows(
          returning({ name: text }),
          `SELECT object::text || '.' || key AS name FROM custom_field_definitions WHERE workspace_id = $1 AND is_pii`,
          [workspaceId],
        ),
    );
    return new Set(rows.map(({ name }) => name));
  }
}

const nameOf = (workspaceId: WorkspaceId) => `personal-data ${workspaceId}`;
const checkOf = (key: string) => createHash('sha256').update(`satchel ${key}`).digest('hex').slice(0, 16);
