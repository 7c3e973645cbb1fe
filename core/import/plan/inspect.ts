import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Identity, Tx } from '#db/engine/types.ts';
import { returning } from '#db/row.ts';
import { type ImportObject, importTargets } from '#shared/contract/import-targets.ts';
import {
  type ColumnPlan,
  columnPlanSchema,
  type FileFormat,
  type FilePlan,
  type ImportPlan,
  importOptionsSchema,
} from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import { inLines, type Message } from '#shared/message.ts';
import type { Application } from '../../context.ts';
import { completeUpload } from '../../uploads/uploads.ts';
import { detectFormat } from '../files/format.ts';
import { type ScaleDescription, withDescribedScales } from '../mapping/described-scale.ts';
import { detectObject } from '../mapping/detect-object.ts';
import { headerKey } from '../mapping/header-names.ts';
import { proposeColumns, withoutTargets } from '../mapping/propose-columns.ts';
import { readCustomFields } from '../run/make-context.ts';
import { readScaleDescriptions } from './dictionaries.ts';
import { isErrorColumn, type Survey, surveyFile } from './survey.ts';

/**
 * Reads uploaded files and proposes how to import them. One that cannot be read is left out, with the reason.
 * @throws SatchelError `invalid` with the reasons where none can be read
 */
export async function inspectUploads(
  app: Application,
  identity: Identity,
  uploadIds: readonly UploadId[],
): Promise<ImportPlan> {
  const files: FilePlan[] = [];
  const scales = await readScaleDescriptions(app, uploadIds);
  const refused: SatchelError[] = [];
  for (const uploadId of uploadIds) {
    try {
      files.push(await inspectUpload(app, identity, uploadId, { scales }));
    } catch (error) {
      if (!(error instanceof SatchelError && error.code === 'invalid')) throw error;
      refused.push(error);
      files.push(await unreadable(app, uploadId, error.said));
    }
  }
  const [first] = refused;
  if (first && refused.length === files.length) {
    if (refused.length === 1) throw first;
    throw new SatchelError('invalid', inLines(refused.map(({ said }) => said)));
  }
  return { files, options: importOptionsSchema.parse({}), corrections: [] };
}

async function unreadable(app: Application, uploadId: UploadId, reason: Message): Promise<FilePlan> {
  const { name, sizeBytes } = await completeUpload(app.dataDir, uploadId);
  return {
    uploadId,
    fileName: name,
    sizeBytes,
    rowCount: null,
    totalLine: null,
    object: null,
    ignoredReason: reason,
    format: { encoding: 'utf-8', delimiter: ',', quote: '"', preambleRecords: 0 },
    columns: [],
    rememberedSince: null,
  };
}

type KnownFormat = { readonly [Key in keyof FileFormat]?: FileFormat[Key] | undefined };

/** Proposes how to import one file; what the caller knows of it is not detected. */
export async function inspectUpload(
  app: Application,
  identity: Identity,
  uploadId: UploadId,
  known: {
    readonly format?: KnownFormat;
    readonly object?: ImportObject;
    readonly scales?: readonly ScaleDescription[];
  },
): Promise<FilePlan> {
  const { name, path, sizeBytes } = await completeUpload(app.dataDir, uploadId);
  const format = await detectFormat(path, name, known.format);
  const survey = await surveyFile(path, name, format);
  const detected = known.object
    ? { object: known.object, ignoredReason: null }
    : detectObject(name, survey.headers);
  const { rowCount, totalLine } = survey;
  const base = { uploadId, fileName: name, sizeBytes, rowCount, totalLine, format };
  const { object, ignoredReason } = detected;
  if (object === null) {
    const columns = withoutTargets(survey.columns);
    return { ...base, object, ignoredReason, columns, rememberedSince: null };
  }
  return app.engine.transaction(
    { as: identity, readOnly: true, label: 'import: propose mapping' },
    async (tx) => {
      const customFields = (await readCustomFields(tx, identity)).get(object) ?? new Map();
      const proposed = withDescribedScales(
        proposeColumns(object, survey.columns, [...customFields.values()], survey.rowsRead),
        name,
        known.scales ?? [],
      );
      const remembered = await recall(tx, identity, survey, object);
      // Two columns may have one name: they are told apart by their places.
      const own = proposed.filter(({ header }) => !isErrorColumn(header));
      const columns = proposed.map((column) => {
        const last = remembered?.columns[own.indexOf(column)];
        return last ? withRemembered(column, last, object, customFields) : column;
      });
      return {
        ...base,
        object,
        ignoredReason: null,
        columns,
        rememberedSince: remembered?.lastUsedAt ?? null,
      };
    },
  );
}

/** Of a remembered column, what does not depend on the file at hand. */
const rememberedColumnSchema = columnPlanSchema.pick({
  target: true,
  dateOrder: true,
  decimalSign: true,
  multiplier: true,
  describedScale: true,
  chosen: true,
});
const rememberedSchema = z.object({ columns: z.array(rememberedColumnSchema) });
type RememberedColumn = z.infer<typeof rememberedColumnSchema>;

/** Identifies files of the same kind: a digest of the headers, without the column that Satchel adds to error files. */
export function headerSignature(headers: readonly string[]): string {
  const keys = headers.filter((header) => !isErrorColumn(header)).map(headerKey);
  return createHash('sha256').update(JSON.stringify(keys)).digest('hex');
}

async function recall(
  tx: Tx,
  identity: Identity,
  survey: Survey,
  object: ImportObject,
): Promise<{ columns: RememberedColumn[]; lastUsedAt: string } | null> {
  const [row] = await tx.rows(
    returning({ mapping: 'import_mappings.mapping', last_used_at: 'import_mappings.last_used_at' }),
    `SELECT mapping, last_used_at FROM import_mappings WHERE workspace_id = $1 AND signature = $2 AND object = $3`,
    [identity.workspaceId, headerSignature(survey.headers), object],
  );
  const mapping = rememberedSchema.safeParse(row?.mapping);
  return row && mapping.success ? { columns: mapping.data.columns, lastUsedAt: row.last_used_at } : null;
}

/** Uses what was chosen the last time, where it still exists; the order of dates only where this file leaves it open. */
function withRemembered(
  column: ColumnPlan,
  known: RememberedColumn,
  object: ImportObject,
  customFields: ReadonlyMap<string, unknown>,
): ColumnPlan {
  const { target } = known;
  const { fields, links } = importTargets(object);
  const isThere =
    target.kind === 'ignore' ||
    (target.kind === 'field' && fields.some(({ key }) => key === target.field)) ||
    (target.kind === 'link' && links.some(({ key }) => key === target.field)) ||
    (target.kind === 'custom' && customFields.has(target.key)) ||
    target.kind === 'new_custom';
  if (!isThere) return column;
  return {
    ...column,
    target:
      target.kind === 'new_custom' && customFields.has(target.key)
        ? { kind: 'custom', key: target.key }
        : target,
    dateOrder: column.dateOrder ?? known.dateOrder,
    decimalSign: column.decimalSign ?? known.decimalSign,
    // A scale of 1 is a choice only where another one was proposed.
    multiplier:
      known.multiplier === '1' && known.describedScale === null ? column.multiplier : known.multiplier,
    describedScale: column.describedScale ?? known.describedScale,
    chosen: known.chosen,
    isRepeated: false,
  };
}

/** The next file with these headers is mapped afresh. */
export async function forgetMapping(
  app: Application,
  identity: Identity,
  headers: readonly string[],
  object: ImportObject,
): Promise<void> {
  await app.engine.transaction({ as: identity, label: 'import: forget mapping' }, (tx) =>
    tx.execute('DELETE FROM import_mappings WHERE workspace_id = $1 AND signature = $2 AND object = $3', [
      identity.workspaceId,
      headerSignature(headers),
      object,
    ]),
  );
}

/** Keeps how the files of a plan were mapped, for the next files with the same headers. */
export async function rememberMappings(
  tx: Tx,
  app: Application,
  identity: Identity,
  plan: ImportPlan,
  at: string,
): Promise<void> {
  for (const { object, columns } of plan.files) {
    if (object === null) continue;
    const kept = columns.filter(({ header }) => !isErrorColumn(header));
    const mapping = rememberedSchema.parse({ columns: kept });
    await tx.execute(
      `INSERT INTO import_mappings (workspace_id, id, signature, object, mapping, last_used_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (workspace_id, signature, object)
       DO UPDATE SET mapping = excluded.mapping, last_used_at = excluded.last_used_at`,
      [
        identity.workspaceId,
        app.ids.next(),
        headerSignature(columns.map(({ header }) => header)),
        object,
        mapping,
        at,
      ],
    );
  }
}
