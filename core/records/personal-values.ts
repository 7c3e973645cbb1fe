import { bool, returning, text } from '#db/row.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import type { CustomFields } from '#shared/values.ts';
import type { Application, Identity } from '../context.ts';
import { personalKeyMissing } from '../platform/personal-keys.ts';
import type { RecordObject } from './record-object.ts';
import type { RecordValues } from './record-values.ts';

/** How a value begins that `satchel.encrypt_pii_text()` made. */
const seal = 'pgp:';

/** What stands for a personal value that is not shown: a list never shows it, a record where its key or the right is missing. */
type Locked = { readonly locked: 'list' | 'key' | 'role' };

interface WithCustomFields {
  readonly customFields: CustomFields;
}

/**
 * The values with those of personal fields sealed, so that they can be written.
 * @throws SatchelError `conflict` where the key is not on this computer, `invalid` where a value cannot be one of the field
 */
export async function sealPersonal<Values extends RecordValues>(
  { engine, personal }: Application,
  object: RecordObject,
  identity: Identity,
  values: Values,
): Promise<Values> {
  const customFields: object = Object(values['customFields']);
  const given = Object.entries(customFields).filter(([, value]) => value !== null);
  if (given.length === 0) return values;
  const fields = await personal.fields(identity.workspaceId);
  const open = given.filter(([key]) => fields.has(`${object.name}.${key}`));
  if (open.length === 0) return values;
  const key = await personal.find(identity.workspaceId);
  if (key === null) throw new SatchelError('conflict', personalKeyMissing);
  const sealed = await engine.transaction(
    { as: identity, readOnly: true, personalKey: key, label: 'seal personal values' },
    (tx) =>
      tx.rows(
        returning({ key: 'custom_field_definitions.key', fits: bool, value: text }),
        `SELECT d.key, satchel.custom_value_fits(d.type, d.options, false, g.value) AS fits,
           satchel.encrypt_pii_text(g.value #>> '{}') AS value
         FROM jsonb_each($3::text::jsonb) AS g
         JOIN custom_field_definitions AS d ON d.workspace_id = $1 AND d.object::text = $2 AND d.key = g.key`,
        [identity.workspaceId, object.name, JSON.stringify(Object.fromEntries(open))],
      ),
  );
  const misfit = sealed.find(({ fits }) => !fits);
  if (misfit) {
    throw new SatchelError('invalid', say`The custom field "${misfit.key}" does not take this value.`, {
      details: { field: `custom.${misfit.key}` },
    });
  }
  const sealedValues = Object.fromEntries(sealed.map(({ key: name, value }) => [name, value]));
  return { ...values, customFields: { ...customFields, ...sealedValues } };
}

/** The record with its personal values as they are, for who may read them and has their key; else each says why it is locked. */
export async function openPersonal<Found extends WithCustomFields>(
  { engine, personal }: Application,
  object: RecordObject,
  identity: Identity,
  record: Found,
): Promise<Found> {
  const names = await sealedFields(personal, object, identity, record);
  if (names.length === 0) return record;
  const key = await personal.find(identity.workspaceId);
  const values = names.map((name) => record.customFields[name]).filter((value) => typeof value === 'string');
  const opened = await engine.transaction(
    {
      as: identity,
      readOnly: true,
      label: 'open personal values',
      ...(key !== null && { personalKey: key }),
    },
    async (tx) => {
      const [row] = await tx.rows(returning({ may: bool }), "SELECT satchel.can('pii:read') AS may");
      if (!row?.may) return locked(names, 'role');
      if (key === null) return locked(names, 'key');
      const rows = await tx.rows(
        returning({ value: text }),
        'SELECT satchel.decrypt_pii_text(s.value) AS value FROM unnest($1::text[]) WITH ORDINALITY AS s (value, n) ORDER BY s.n',
        [values],
      );
      return Object.fromEntries(names.map((name, index) => [name, rows[index]?.value ?? null]));
    },
  );
  return { ...record, customFields: { ...record.customFields, ...opened } };
}

/** The records of a list, in which personal values are never shown. */
export async function lockPersonal<Found extends WithCustomFields>(
  { personal }: Application,
  object: RecordObject,
  identity: Identity,
  records: readonly Found[],
): Promise<Found[]> {
  const fields = await personal.fields(identity.workspaceId);
  const own = [...fields].filter((name) => name.startsWith(`${object.name}.`));
  if (own.length === 0) return [...records];
  return Promise.all(
    records.map(async (record) => {
      const names = await sealedFields(personal, object, identity, record);
      return { ...record, customFields: { ...record.customFields, ...locked(names, 'list') } };
    }),
  );
}

async function sealedFields(
  personal: Application['personal'],
  object: RecordObject,
  identity: Identity,
  { customFields }: WithCustomFields,
): Promise<string[]> {
  const fields = await personal.fields(identity.workspaceId);
  return Object.entries(customFields)
    .filter(
      ([name, value]) =>
        fields.has(`${object.name}.${name}`) && typeof value === 'string' && value.startsWith(seal),
    )
    .map(([name]) => name);
}

function locked(names: readonly string[], why: Locked['locked']): Record<string, Locked> {
  return Object.fromEntries(names.map((name) => [name, { locked: why }]));
}
