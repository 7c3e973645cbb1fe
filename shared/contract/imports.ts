import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { customFieldTypeSchema } from '../enums.ts';
import { importBatchIdSchema, recordIdSchema } from '../ids.ts';
import { ask, messageSchema } from '../message.ts';
import { customFieldKeySchema, decimalSchema, lineSchema, timestampSchema } from '../values.ts';
import { importObjects } from './import-targets.ts';
import { uploadIdSchema } from './uploads.ts';

export const importObjectSchema = z.enum(importObjects);

/** How the bytes of a file are read. All of it is detected and all of it can be overruled. */
export const fileFormatSchema = z.object({
  /** A name that iconv knows, e.g. `utf-8`, `utf-16le`, `windows-1252`. */
  encoding: z.string().min(1).max(40),
  delimiter: z.string().length(1),
  quote: z.string().length(1),
  /** Records above the header row (a title, notes), which are not data. */
  preambleRecords: z.int().min(0).max(100),
});
export type FileFormat = z.infer<typeof fileFormatSchema>;

/** The order of day, month and year in a column of dates. `ymd` covers ISO 8601 and years first in general. */
export const dateOrderSchema = z.enum(['ymd', 'mdy', 'dmy']);
export type DateOrder = z.infer<typeof dateOrderSchema>;

export const decimalSignSchema = z.enum(['.', ',']);
export type DecimalSign = z.infer<typeof decimalSignSchema>;

/** What to do with a row whose link names a record that does not exist. */
export const onMissingLinkSchema = z.enum([
  /** Make a record that has just this name. */
  'create',
  /** The row goes into the error file. */
  'reject',
  /** Import the row without the link. */
  'leave_empty',
]);

/** What a column fills. Field and link keys are those of `importTargets(object)`. */
export const columnTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ignore') }),
  z.object({ kind: z.literal('field'), field: z.string().min(1).max(100) }),
  /**
   * Names another record: by its name or email (`name`), or by its id in the source system (`source_id`), for users,
   * accounts and contacts alike. Resolved against the other files of the import, whatever their order, and the workspace.
   */
  z.object({
    kind: z.literal('link'),
    field: z.string().min(1).max(100),
    by: z.enum(['name', 'source_id']),
    onMissing: onMissingLinkSchema,
  }),
  /** A custom field that exists. */
  z.object({ kind: z.literal('custom'), key: z.string().min(1).max(63) }),
  /** A custom field to be made with the import; reverting the import removes it when nothing uses it. */
  z.object({
    kind: z.literal('new_custom'),
    key: customFieldKeySchema,
    label: lineSchema.min(1),
    type: customFieldTypeSchema.exclude(['select', 'multi_select']),
  }),
]);
export type ColumnTarget = z.infer<typeof columnTargetSchema>;

export const detectedTypeSchema = z.enum([
  'empty',
  'text',
  'long_text',
  'email',
  'phone',
  'url',
  'integer',
  'number',
  'percent',
  'date',
  'boolean',
]);
export type DetectedType = z.infer<typeof detectedTypeSchema>;

export const columnPlanSchema = z.object({
  /** Position in the file, from 0. */
  index: z.int().min(0).max(2_000),
  header: z.string().max(1_000),
  /** Up to five different values as they stand in the file, cut at 200 characters. */
  samples: z.array(z.string()).max(5),
  detected: detectedTypeSchema,
  target: columnTargetSchema,
  /** How dates are read, if there are any. Null where two orders fit: then it is asked (see `questions`). */
  dateOrder: dateOrderSchema.nullable(),
  /** How numbers are read, if there are any. Null where both signs fit: then it is asked. */
  decimalSign: decimalSignSchema.nullable(),
  /** Numbers are multiplied by this, e.g. `1000000` for a column given in millions. Proposed only where a data dictionary says so. */
  multiplier: decimalSchema,
  /** The scale that a data dictionary among the files, `fileName`, gives the column, and its words; null where none does. */
  describedScale: z
    .object({ fileName: z.string().max(500), description: z.string().max(300), multiplier: decimalSchema })
    .nullable(),
  /**
   * Cells that are not of the detected type (date, number, yes or no), with one of them; null when all are. While
   * `isMixed`, there are so many that a new custom field of that type is asked about. Such cells go into the error file.
   */
  misfits: z.object({ rows: z.int(), sample: z.string().max(200), isMixed: z.boolean() }).nullable(),
  /** Its different values and their rows, the most frequent first, where they are few (as in a column of stages); else null. */
  distinct: z
    .array(z.object({ value: z.string().max(200), rows: z.int() }))
    .max(50)
    .nullable(),
  /** Its header stands above another column too, no field of ours is left for it, and nobody has said yet what it is for. */
  isRepeated: z.boolean(),
  /** What a person decided that values of a column of choices become: a value of the field, or null: into the error file. */
  chosen: z.array(z.object({ from: z.string().max(200), to: z.string().max(200).nullable() })).max(200),
});
export type ColumnPlan = z.infer<typeof columnPlanSchema>;

export const filePlanSchema = z.object({
  uploadId: uploadIdSchema,
  fileName: z.string().min(1).max(500),
  sizeBytes: z.int().min(0),
  /** Rows of data found; null where the file was too big to count while inspecting it. */
  rowCount: z.int().min(0).nullable(),
  /** Line of a row at the foot that holds the sums of the columns and is no record: it goes into the error file. */
  totalLine: z.int().nullable(),
  /** Null: the file is not imported, for `ignoredReason` or because the person said so. */
  object: importObjectSchema.nullable(),
  /** Why Satchel proposes not to import it, e.g. that it describes the other files. */
  ignoredReason: messageSchema.nullable(),
  format: fileFormatSchema,
  columns: z.array(columnPlanSchema).max(2_000),
  /** When a mapping was used last for a file with these headers; null when this one was worked out afresh. */
  rememberedSince: timestampSchema.nullable(),
});
export type FilePlan = z.infer<typeof filePlanSchema>;

export const onDuplicateSchema = z.enum(['create', 'update', 'skip']);
export type OnDuplicate = z.infer<typeof onDuplicateSchema>;

export const onMissingAccountSchema = z.enum(['reject', 'placeholder']);

export const importOptionsSchema = z.object({
  /** A row that is a record we have: `update` writes its non-empty cells, `skip` leaves the record, `create` makes another. */
  onDuplicate: onDuplicateSchema.default('update'),
  /** The same where that record is in the trash. `restore` takes it out, then does as for a live one. */
  onTrashed: z.enum(['restore', 'skip', 'create']).default('restore'),
  /** With `update`: an empty cell erases what the record has. */
  eraseWithEmpty: z.boolean().default(false),
  /** An opportunity that names neither account nor contact: into the error file, or to the placeholder account. */
  onMissingAccount: onMissingAccountSchema.default('reject'),
  placeholderAccountName: lineSchema.min(1).default('No account named'),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

/** A value of a link column to be read as another; `to: null` declines a proposal. */
export const correctionSchema = z.object({
  uploadId: uploadIdSchema,
  column: z.int().min(0),
  from: z.string().max(1_000),
  to: z.string().max(1_000).nullable(),
});
export type Correction = z.infer<typeof correctionSchema>;

/** A column, as `file.column` with or without the ending of the file's name, whose numbers are multiplied. */
export const columnScaleSchema = z.object({
  column: z.string().min(1).max(1_600),
  multiplier: decimalSchema.refine((factor) => Number(factor) > 0, ask`Use a factor above 0.`),
});

/** A value of a column of choices and the choice it is read as, by its value or its label; `''`: into the error file. */
export const valueDecisionSchema = z.object({ from: z.string().min(1).max(200), to: z.string().max(200) });

/**
 * What a person knows before anything is asked, for `plan`. Answers to questions are used only where they are asked: none
 * overrules what a file makes clear. The rest holds for all files.
 */
export const importDecisionsSchema = z.object({
  /** What the rows of every file are. */
  object: importObjectSchema.optional(),
  /** How files with these columns were mapped before is forgotten. */
  mapsAfresh: z.boolean().default(false),
  /** A file without a readable column is refused; otherwise it is left out. */
  needsEveryFile: z.boolean().default(false),
  scales: z.array(columnScaleSchema).max(1_000).default([]),
  values: z.array(valueDecisionSchema).max(1_000).default([]),
  onDuplicate: onDuplicateSchema.default('update'),
  onMissingAccount: onMissingAccountSchema.default('reject'),
  dateOrder: dateOrderSchema.optional(),
  decimalSign: decimalSignSchema.optional(),
  mixedValues: z.enum(['reject', 'text']).optional(),
  unknownValues: z.enum(['reject']).optional(),
  repeatedColumns: z.enum(['ignore', 'keep']).optional(),
  /** Names that are nearly the name of a record: all of them, or some, are read as that name. */
  nearNames: z
    .object({
      acceptsAll: z.boolean(),
      accepted: z.array(z.string().max(1_000)).max(5_000),
      declined: z.array(z.string().max(1_000)).max(5_000),
    })
    .default({ acceptsAll: false, accepted: [], declined: [] }),
});
export type ImportDecisions = z.infer<typeof importDecisionsSchema>;

/** A name in the files that is nearly the name of a record. */
export const nearNameSchema = z.object({
  fileName: z.string(),
  column: z.string(),
  from: z.string(),
  to: z.string(),
  rows: z.int(),
  /** `same_letters`: read as the record's name unless declined. `similar`: only when accepted. */
  kind: z.enum(['same_letters', 'similar']),
  /** Whether the plan reads it as the record's name. */
  isRead: z.boolean(),
});
export type NearName = z.infer<typeof nearNameSchema>;

/** What `inspect` proposes, the person edits, and `preview` and `run` carry out. */
export const importPlanSchema = z.object({
  files: z.array(filePlanSchema).min(1).max(50),
  options: importOptionsSchema,
  corrections: z.array(correctionSchema).max(5_000),
});
export type ImportPlan = z.infer<typeof importPlanSchema>;

/** Something that cannot be told from the file. `run` fails with `invalid` until each is answered in the plan. */
export const importQuestionSchema = z.object({
  uploadId: uploadIdSchema,
  fileName: z.string(),
  /** Null for a question about the whole file. */
  column: z.int().nullable(),
  header: z.string().nullable(),
  /** All columns that one answer is for: the dates of a file are written one way, and so are its numbers. */
  columns: z.array(z.int()),
  /**
   * Answered by setting the columns' `dateOrder` or `decimalSign`, the file's `object`, or another target. `mixed_values`:
   * by `misfits.isMixed: false`, with the target's type as proposed (`reject`) or `text`. `unknown_values`: by `chosen`.
   * `header_twice`: by `isRepeated: false`, with the target `ignore` or as proposed (`keep`).
   */
  kind: z.enum([
    'date_order',
    'decimal_sign',
    'mixed_values',
    'object',
    'name_missing',
    'target_twice',
    'unknown_values',
    'header_twice',
  ]),
  message: messageSchema,
  /** `unknown_values`: those that name no choice. */
  values: z.array(z.string()).max(50),
  choices: z.array(
    z.object({
      value: z.string(),
      /** What the choice makes of a value in the file: `{ from: '03/04/2026', to: '2026-04-03' }`. */
      example: z.object({ from: z.string(), to: z.string() }).nullable(),
    }),
  ),
});
export type ImportQuestion = z.infer<typeof importQuestionSchema>;

/** A column that fills a field of choices (stages and the like), and what each of its values becomes. */
export const valueColumnSchema = z.object({
  uploadId: uploadIdSchema,
  fileName: z.string(),
  column: z.int(),
  header: z.string(),
  /** The set of the field's options; null for a custom field, whose options have labels. */
  optionsName: z.string().nullable(),
  /** `label` is null where the interface has a name of its own for the value. */
  options: z.array(z.object({ value: z.string(), label: z.string().nullable() })),
  values: z.array(
    z.object({
      from: z.string(),
      rows: z.int(),
      /** Null: the rows go into the error file. */
      to: z.string().nullable(),
      /** `synonym`: known as what other systems say. `chosen`, `left`: on the person's word. `unknown`: asked about. */
      how: z.enum(['same', 'synonym', 'chosen', 'left', 'unknown']),
    }),
  ),
});
export type ValueColumn = z.infer<typeof valueColumnSchema>;

/** A link value that names no record as it stands, and the record it probably means. */
export const correctionProposalSchema = z.object({
  uploadId: uploadIdSchema,
  column: z.int(),
  header: z.string(),
  from: z.string(),
  to: z.string(),
  /** Rows of the file that have the value. */
  rows: z.int(),
  /**
   * `same_letters`: equal but for case, accents, spaces and punctuation; applied unless a correction in the plan
   * declines it. `similar`: a few letters differ; applied only when a correction in the plan says so.
   */
  kind: z.enum(['same_letters', 'similar']),
  isApplied: z.boolean(),
});
export type CorrectionProposal = z.infer<typeof correctionProposalSchema>;

/** Names in a link column that belong to no record, and what will happen to their rows. */
export const missingLinkSchema = z.object({
  uploadId: uploadIdSchema,
  column: z.int(),
  header: z.string(),
  target: importObjectSchema,
  /** How many different names, some of them, and the rows that have them. */
  distinct: z.int(),
  samples: z.array(z.string()).max(10),
  rows: z.int(),
});

export const previewCellSchema = z.object({
  /** The field or link key, or `custom.<key>`. */
  target: z.string(),
  /** As it will be kept (dates `YYYY-MM-DD`, numbers in plain decimals, links by name); null when empty. */
  value: z.string().nullable(),
  /** Why the value cannot be kept as it is. */
  issue: messageSchema.nullable(),
});

export const previewRowSchema = z.object({
  /** Line of the file, from 1. */
  line: z.int(),
  cells: z.array(previewCellSchema),
  /** Why the whole row would go into the error file; null when it can be imported. */
  issue: messageSchema.nullable(),
  match: z
    .object({ id: recordIdSchema, name: z.string(), isTrashed: z.boolean(), matchedBy: z.string() })
    .nullable(),
});
export type PreviewRow = z.infer<typeof previewRowSchema>;

export const importPreviewSchema = z.object({
  questions: z.array(importQuestionSchema),
  /** What the caller's role will not let the import do, whatever the rows hold. */
  refusals: z.array(messageSchema),
  files: z.array(z.object({ uploadId: uploadIdSchema, rows: z.array(previewRowSchema) })),
  proposals: z.array(correctionProposalSchema),
  missingLinks: z.array(missingLinkSchema),
  valueColumns: z.array(valueColumnSchema),
  /** Rows without a link that they need, as of opportunities without account and contact: `options.onMissingAccount` decides. */
  rowsWithoutAccount: z.int().min(0),
  /** Files in the order in which they will be imported. */
  order: z.array(uploadIdSchema),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importCountsSchema = z.object({
  created: z.int().min(0),
  updated: z.int().min(0),
  /** Duplicates left alone, by policy or because the record has the row's values already. */
  skipped: z.int().min(0),
  /** Rows in the error file. */
  failed: z.int().min(0),
});
export type ImportCounts = z.infer<typeof importCountsSchema>;

export const importErrorFileSchema = z.object({
  /** Name of the imported file that the rows come from. */
  sourceName: z.string(),
  /** Name of the error file within the batch, for `imports.errorFile`. */
  name: z.string(),
  /** Where it is on this machine. */
  path: z.string(),
  rows: z.int().min(0),
});

export const importReportSchema = z.object({
  /** Null for a dry run. */
  batchId: importBatchIdSchema.nullable(),
  /** For `imports.errorFile`: the batch, or the dry run, whose error files stay until the next import begins. */
  runId: importBatchIdSchema,
  isDryRun: z.boolean(),
  status: z.enum(['completed', 'cancelled']),
  /** By kind of record, for those that a file of the import holds; a file's own rows only. */
  counts: z.partialRecord(importObjectSchema, importCountsSchema),
  /**
   * Made beside the rows: records that links named, by object; custom fields (`customFields`); and what the objects
   * make themselves, such as `teams` and their `managers`, or `placeholderAccounts`.
   */
  alsoCreated: z.record(z.string(), z.int()),
  /** Why rows failed, most frequent first. */
  reasons: z.array(
    z.object({ message: messageSchema, rows: z.int(), firstLine: z.int(), fileName: z.string() }),
  ),
  /** Values that were read as another name, with the rows that have them. */
  corrected: z.array(z.object({ from: z.string(), to: z.string(), rows: z.int() })),
  /** Values of columns of choices that were read as another: synonyms, and what the person chose. */
  values: z.array(
    z.object({
      fileName: z.string(),
      header: z.string(),
      optionsName: z.string().nullable(),
      from: z.string(),
      to: z.string(),
      label: z.string().nullable(),
      rows: z.int(),
    }),
  ),
  ignoredFiles: z.array(z.object({ fileName: z.string(), reason: messageSchema })),
  /** What was kept but is worth knowing, e.g. a circle of parent accounts that was not closed. */
  warnings: z.array(messageSchema),
  errorFiles: z.array(importErrorFileSchema),
  durationMs: z.number(),
});
export type ImportReport = z.infer<typeof importReportSchema>;

export const importProgressSchema = z.object({
  type: z.literal('progress'),
  /** Null while a dry run goes on. */
  batchId: importBatchIdSchema.nullable(),
  /** `linking` sets parents, which may stand below their children in the file. */
  step: z.enum(['preparing', 'importing', 'linking', 'finishing']),
  fileName: z.string().nullable(),
  /** Rows of all files. */
  done: z.int().min(0),
  total: z.int().min(0).nullable(),
});

export type ImportProgress = z.infer<typeof importProgressSchema>;

/** Progress about ten times a second, then one report. */
export const importEventSchema = z.discriminatedUnion('type', [
  importProgressSchema,
  z.object({ type: z.literal('report'), report: importReportSchema }),
]);
export type ImportEvent = z.infer<typeof importEventSchema>;

/**
 * `interrupted`: Satchel stopped in the middle of it. What was imported is there; resume it or revert it.
 * `partly_reverted`: its revert kept some records; once what held them is gone, revert it again.
 */
export const importBatchStatusSchema = z.enum([
  'running',
  'interrupted',
  'completed',
  'cancelled',
  'failed',
  'reverting',
  'partly_reverted',
  'reverted',
]);

export const importBatchSchema = z.object({
  id: importBatchIdSchema,
  fileNames: z.array(z.string()),
  status: importBatchStatusSchema,
  counts: z.partialRecord(importObjectSchema, importCountsSchema),
  userName: z.string().nullable(),
  startedAt: timestampSchema,
  finishedAt: timestampSchema.nullable(),
  revertedAt: timestampSchema.nullable(),
  /** Why it failed. */
  error: messageSchema.nullable(),
  errorFiles: z.array(importErrorFileSchema),
  canRevert: z.boolean(),
  canResume: z.boolean(),
});
export type ImportBatch = z.infer<typeof importBatchSchema>;

export const revertReportSchema = z.object({
  batchId: importBatchIdSchema,
  /** Records that the import had made and that are gone. */
  removed: z.int(),
  /** Records whose imported values were taken back. */
  restored: z.int(),
  /** Left as they are, because somebody changed them or linked something to them since. */
  kept: z.int(),
  keptSamples: z
    .array(z.object({ object: z.string(), id: recordIdSchema, name: z.string(), reason: messageSchema }))
    .max(50),
});
export type RevertReport = z.infer<typeof revertReportSchema>;

/** What a revert will do, counted before it begins. Custom fields are counted too. */
export const revertForecastSchema = z.object({
  removed: z.int(),
  restored: z.int(),
  kept: z.int(),
  /** Why records will stay, most frequent first. */
  reasons: z.array(z.object({ message: messageSchema, records: z.int() })),
  keptSamples: z.array(z.object({ id: recordIdSchema, name: z.string(), reason: messageSchema })).max(50),
});
export type RevertForecast = z.infer<typeof revertForecastSchema>;

export const revertEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), done: z.int().min(0), total: z.int().min(0).nullable() }),
  z.object({ type: z.literal('report'), report: revertReportSchema }),
]);
export type RevertEvent = z.infer<typeof revertEventSchema>;

const batchInput = z.object({ batchId: importBatchIdSchema });

export const importsContract = {
  /**
   * Reads uploaded files and proposes how to import them. A file that is no readable CSV (a workbook, binary data, an
   * unclosed quote, nothing at all) is left out: its `ignoredReason` says why and what to do. Fails with `invalid` and
   * the reasons where no file can be read.
   */
  inspect: oc
    .input(z.object({ uploadIds: z.array(uploadIdSchema).min(1).max(50) }))
    .output(z.object({ plan: importPlanSchema, questions: z.array(importQuestionSchema) })),
  /**
   * Like `inspect`, with what was decided beforehand. Near-misses of names are looked for in all rows, once no question is
   * open. Fails with `invalid` where a decision is about what no file holds.
   */
  plan: oc
    .input(z.object({ uploadIds: z.array(uploadIdSchema).min(1).max(50), decisions: importDecisionsSchema }))
    .output(
      z.object({
        plan: importPlanSchema,
        questions: z.array(importQuestionSchema),
        nearNames: z.array(nearNameSchema),
      }),
    ),
  /**
   * Reads one file again with another format or as another object, and proposes its columns afresh. What is left out
   * is detected.
   */
  inspectFile: oc
    .input(
      z.object({
        uploadId: uploadIdSchema,
        format: fileFormatSchema.partial().optional(),
        object: importObjectSchema.optional(),
        /** Other files of the import; a data dictionary among them may tell the scale of columns. */
        otherUploadIds: z.array(uploadIdSchema).max(50).default([]),
      }),
    )
    .output(filePlanSchema),
  /** Forgets how files with these headers were mapped; the next one is mapped afresh. */
  forgetMapping: oc
    .input(z.object({ headers: z.array(z.string().max(1_000)).max(2_000), object: importObjectSchema }))
    .output(z.object({})),
  /** What the plan makes of the first rows of each file, with what is doubtful in all of them. Changes nothing. */
  preview: oc
    .input(z.object({ plan: importPlanSchema, rowsPerFile: z.int().min(1).max(100).default(20) }))
    .output(importPreviewSchema),
  /**
   * Carries the plan out. A dry run goes the same way, writes nothing and gives the same report. Leaving the stream
   * does not stop the import: `watch` finds it again, `cancel` stops it. The mapping is remembered for files with the
   * same headers. The uploads are removed when the import has ended, except after a dry run.
   */
  run: oc
    .input(z.object({ plan: importPlanSchema, dryRun: z.boolean().default(false) }))
    .output(eventIterator(importEventSchema)),
  /** Goes on with an interrupted or cancelled import where it stopped; no row is imported twice. */
  resume: oc.input(batchInput).output(eventIterator(importEventSchema)),
  /** The events of a running import from now on. Fails with `not_found` when it does not run. */
  watch: oc.input(batchInput).output(eventIterator(importEventSchema)),
  /**
   * Stops after the slice at hand. What was imported stays, as a batch that can be reverted or resumed. A dry run has no
   * batch: null stops it.
   */
  cancel: oc
    .input(z.object({ batchId: importBatchIdSchema.nullable() }))
    .output(z.object({ wasRunning: z.boolean() })),
  /** Newest first. */
  list: oc.input(z.object({ limit: z.int().min(1).max(200).default(50) })).output(z.array(importBatchSchema)),
  /** A piece of at most 512 KiB of an error file, in base64; `nextOffset` is null at its end. */
  errorFile: oc
    .input(
      z.object({
        runId: importBatchIdSchema,
        name: z.string().max(500),
        offset: z.int().min(0).default(0),
      }),
    )
    .output(z.object({ chunk: z.string(), sizeBytes: z.int(), nextOffset: z.int().nullable() })),
  /** What `revert` would do now. Changes nothing. */
  foreseeRevert: oc.input(batchInput).output(revertForecastSchema),
  /**
   * Takes an import back: records it made are removed for good, values it changed are restored, custom fields, teams
   * and users it made are removed. What somebody has changed or linked to since is left and told. Can be called
   * again after an interruption.
   */
  revert: oc.input(batchInput).output(eventIterator(revertEventSchema)),
};
