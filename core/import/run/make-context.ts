import type { Identity, Tx } from '#db/engine/types.ts';
import { returning, typed } from '#db/row.ts';
import { type ImportObject, importObjects } from '#shared/contract/import-targets.ts';
import type { ImportPlan } from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import { customFieldTypeSchema } from '#shared/enums.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import type { Application, WorkPace } from '../../context.ts';
import type { Labels } from '../../objects/import-module.ts';
import { importModuleOf, importModules } from '../../objects/import-modules.ts';
import type { ImportContext } from './import-context.ts';
import { CandidateSet } from './matching/candidates.ts';
import { ImportPermissions } from './permissions.ts';
import type { CustomField } from './row-parser.ts';

export interface ContextFacts {
  readonly app: Application;
  readonly identity: Identity;
  readonly plan: ImportPlan;
  readonly batchId: ImportBatchId;
  readonly isDryRun: boolean;
  readonly pace: WorkPace;
  readonly pathOf: (id: UploadId) => string;
}

/** Reads what an import has to know of its workspace. */
export async function makeContext(tx: Tx, facts: ContextFacts): Promise<ImportContext> {
  const { identity, plan, isDryRun } = facts;
  const imagined = new Map<ImportObject, CandidateSet>();
  if (isDryRun) for (const module of importModules) imagined.set(module.name, new CandidateSet(module));
  return {
    ...facts,
    options: plan.options,
    labels: await readLabels(tx, identity),
    permissions: await ImportPermissions.read(tx),
    customFields: addNewFields(await readCustomFields(tx, identity), plan),
    imagined,
    filledColumns: new Map(),
  };
}

/** What the columns of a plan can be read as in the workspace. */
export async function readVocabulary(
  app: Application,
  identity: Identity,
): Promise<Pick<ImportContext, 'labels' | 'customFields'>> {
  return app.engine.transaction(
    { as: identity, readOnly: true, label: 'import: vocabulary' },
    async (tx) => ({
      labels: await readLabels(tx, identity),
      customFields: await readCustomFields(tx, identity),
    }),
  );
}

async function readLabels(tx: Tx, identity: Identity): Promise<ImportContext['labels']> {
  const labels = new Map<ImportObject, Labels>();
  for (const module of importModules) {
    if (module.readLabels) labels.set(module.name, await module.readLabels(tx, identity));
  }
  return labels;
}

type FieldsByObject = Map<ImportObject, Map<string, CustomField>>;

export async function readCustomFields(tx: Tx, identity: Identity): Promise<FieldsByObject> {
  const rows = await tx.rows(
    returning({
      object: 'custom_field_definitions.object',
      key: 'custom_field_definitions.key',
      label: 'custom_field_definitions.label',
      type: 'custom_field_definitions.type',
      options: typed<{ value: string }[]>('custom_field_definitions.options'),
      is_required: 'custom_field_definitions.is_required',
      is_pii: 'custom_field_definitions.is_pii',
    }),
    `SELECT object, key, label, type, options, is_required, is_pii
     FROM custom_field_definitions
     WHERE workspace_id = $1 AND deleted_at IS NULL ORDER BY position, key`,
    [identity.workspaceId],
  );
  const fields: FieldsByObject = new Map(importObjects.map((object) => [object, new Map()]));
  for (const { object, key, label, type, options, is_required: isRequired, is_pii: isPii } of rows) {
    const of = importObjects.find((candidate) => candidate === object);
    if (!of) continue;
    const values = options.map(({ value }) => value);
    const field = { key, label, type: customFieldTypeSchema.parse(type), options: values, isRequired, isPii };
    fields.get(of)?.set(key, field);
  }
  return fields;
}

/** Custom fields that the plan makes, as if they were there. */
function addNewFields(fields: FieldsByObject, plan: ImportPlan): ImportContext['customFields'] {
  for (const { object, columns } of plan.files) {
    if (object === null) continue;
    for (const { target } of columns) {
      if (target.kind !== 'new_custom' || fields.get(object)?.has(target.key)) continue;
      const { key, label, type } = target;
      fields.get(object)?.set(key, { key, label, type, options: [], isRequired: false, isPii: false });
    }
  }
  return fields;
}

/** How many custom fields a plan would make. */
export async function countNewFields(tx: Tx, { identity, plan }: ContextFacts): Promise<number> {
  const fields = await readCustomFields(tx, identity);
  const made = plan.files.flatMap(({ object, columns }) =>
    columns.flatMap(({ target }) =>
      target.kind === 'new_custom' &&
      object !== null &&
      importModuleOf(object).hasCustomFields &&
      !fields.get(object)?.has(target.key)
        ? [`${object} ${target.key}`]
        : [],
    ),
  );
  return new Set(made).size;
}

/** Makes the custom fields of a plan that the workspace does not have yet; returns how many. */
export async function defineNewFields(tx: Tx, facts: ContextFacts): Promise<number> {
  const { app, identity, plan } = facts;
  let made = 0;
  for (const { object, columns } of plan.files) {
    for (const { target } of columns) {
      if (target.kind !== 'new_custom' || object === null || !importModuleOf(object).hasCustomFields)
        continue;
      made += await tx.execute(
        `INSERT INTO custom_field_definitions (workspace_id, id, object, key, label, type, position)
         VALUES ($1, $2, $3, $4, $5, $6::custom_field_type,
           (SELECT coalesce(max(position), 0) + 1 FROM custom_field_definitions WHERE workspace_id = $1 AND object = $3))
         ON CONFLICT (workspace_id, object, key) DO UPDATE SET deleted_at = NULL
         WHERE custom_field_definitions.deleted_at IS NOT NULL`,
        [identity.workspaceId, app.ids.next(), object, target.key, target.label, target.type],
      );
    }
  }
  return made;
}
