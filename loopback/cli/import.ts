import { constants } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { uploadLocalFile } from '#core/uploads/upload-local-file.ts';
import type { ContractClient } from '#shared/contract/contract.ts';
import { importDefinition, importObjects } from '#shared/contract/import-targets.ts';
import {
  columnScaleSchema,
  dateOrderSchema,
  type ImportEvent,
  type ImportPlan,
  type ImportQuestion,
  type ImportReport,
  importObjectSchema,
  type NearName,
  onDuplicateSchema,
  onMissingAccountSchema,
  valueDecisionSchema,
} from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import { inEnglish, inLines, say } from '#shared/message.ts';
import {
  action,
  clientOf,
  commonOptions,
  fromCallersDirectory,
  satchelCommand,
  type WorkspaceInvocation,
  withWorkspace,
} from './command.ts';
import { counted } from './counted.ts';
import { inWords } from './in-words.ts';
import { nearNameLines } from './near-names.ts';

const scaleOption = z.string().transform((text, context) => {
  const [, column, multiplier] = /^(.+\..+)=([^=]+)$/u.exec(text) ?? [];
  const scale = columnScaleSchema.safeParse({ column, multiplier });
  if (scale.success) return scale.data;
  context.addIssue('Give a file, its column and a factor, such as accounts.revenue=1000000.');
  return z.NEVER;
});

const valueOption = z.string().transform((text, context) => {
  const [, from = '', to = ''] = /^([^=]+)=(.*)$/su.exec(text) ?? [];
  const value = valueDecisionSchema.safeParse({ from: from.trim(), to: to.trim() });
  if (value.success) return value.data;
  context.addIssue('Give a value and what it becomes, such as "Engaging=Qualification".');
  return z.NEVER;
});

const mostRepeats = 1_000;
const repeated = <Schema extends z.ZodType>(schema: Schema) =>
  z.array(schema).max(mostRepeats, `Repeat it at most ${mostRepeats.toLocaleString('en')} times.`);
const nameOption = z.string().max(1_000, 'Use a name of at most 1,000 characters.');

const decimalSigns = { point: '.', comma: ',' } as const;

const importOptions = commonOptions.extend({
  as: importObjectSchema.optional(),
  dryRun: z.boolean().default(false),
  errorsTo: z.string().optional(),
  scale: repeated(scaleOption),
  acceptNames: z.boolean().default(false),
  acceptName: repeated(nameOption),
  declineName: repeated(nameOption),
  mapAfresh: z.boolean().default(false),
  missingAccount: onMissingAccountSchema,
  onDuplicate: onDuplicateSchema,
  dateOrder: dateOrderSchema.optional(),
  decimalSign: z.enum(['point', 'comma']).optional(),
  mixedValues: z.enum(['reject', 'text']).optional(),
  value: repeated(valueOption),
  repeatedColumns: z.enum(['ignore', 'keep']).optional(),
  unknownValues: z.enum(['reject']).optional(),
});
type ImportOptions = z.infer<typeof importOptions>;

/** The files go through the same inspection, plan and run as in the window; what is asked there is an option here. */
export function importCommand(): Command {
  return satchelCommand('import', 'Import CSV files that may link to each other')
    .argument('<files...>', 'CSV files, in any order')
    .addOption(
      new Option('--as <type>', 'what the rows are, where the columns do not tell').choices([
        ...importObjects,
      ]),
    )
    .option('--dry-run', 'tell what would happen, write nothing')
    .option('--errors-to <folder>', 'put the error files there too, those of a dry run included')
    .addOption(
      new Option(
        '--scale <file.column=factor>',
        'multiply the numbers of a column, such as accounts.revenue=1000000 for millions; may be repeated',
      )
        .argParser(collect)
        .default([], 'as a data dictionary among the files says'),
    )
    .option('--accept-names', 'read names that are nearly the name of a record as that name')
    .option(
      '--accept-name <name>',
      'read this one name so; a dry run lists those in doubt; may be repeated',
      collect,
      [],
    )
    .option('--decline-name <name>', 'take this name as it stands; may be repeated', collect, [])
    .option('--map-afresh', 'forget how files with these columns were mapped before')
    .addOption(
      new Option(
        '--missing-account <what>',
        'opportunities that name no account go into the error file or to a placeholder account',
      )
        .choices(['reject', 'placeholder'])
        .default('reject'),
    )
    .addOption(
      new Option('--on-duplicate <what>', 'rows that are a record you have')
        .choices(['create', 'update', 'skip'])
        .default('update'),
    )
    .addOption(
      new Option('--date-order <order>', 'for dates such as 03/04/2026').choices(['dmy', 'mdy', 'ymd']),
    )
    .addOption(new Option('--decimal-sign <sign>', 'for numbers such as 1,234').choices(['point', 'comma']))
    .addOption(
      new Option(
        '--mixed-values <what>',
        'a new column of mostly dates or numbers: rows with anything else go into the error file, or all is text',
      ).choices(['reject', 'text']),
    )
    .addOption(
      new Option(
        '--value <from=to>',
        'read a value of a column of choices as another, such as "Engaging=Qualification"; without anything after = its rows go into the error file; may be repeated',
      )
        .argParser(collect)
        .default([], 'as their names say'),
    )
    .addOption(
      new Option(
        '--repeated-columns <what>',
        'a second column of the same name: not imported, or kept as a custom field',
      ).choices(['ignore', 'keep']),
    )
    .addOption(
      new Option(
        '--unknown-values <what>',
        'rows whose stage (or other choice) is not known go into the error file',
      ).choices(['reject']),
    )
    .action(
      action(importOptions, (invocation, options, files) =>
        withWorkspace(invocation, (workspace) => importFiles(workspace, options, files)),
      ),
    );
}

/** More are hardly one import; the plan of all is one document. */
const mostFiles = 50;

async function importFiles(
  workspace: WorkspaceInvocation,
  options: ImportOptions,
  files: readonly string[],
): Promise<void> {
  if (files.length > mostFiles) {
    throw new SatchelError('invalid', say`Import at most ${mostFiles} files at a time.`);
  }
  const { imports, uploads } = await clientOf(workspace.application);
  const uploadIds: UploadId[] = [];
  try {
    const { plan, nearNames } = await prepareImport(workspace, imports, options, files, uploadIds);
    const events = await imports.run({ plan, dryRun: options.dryRun });
    const report = await followImport(workspace, imports, events);
    if (options.errorsTo !== undefined) await copyErrorFiles(report, fromCallersDirectory(options.errorsTo));
    workspace.output.result(inWords({ ...report, nearNames }), () => [
      ...rememberedLines(plan),
      ...reportLines(report, { areErrorsCopied: options.errorsTo !== undefined }),
      ...nearNameLines(nearNames),
      ...scaleLines(plan),
    ]);
  } finally {
    for (const uploadId of uploadIds) await uploads.discard({ uploadId });
  }
}

/** Reads the files and decides what is to be done with them, which writes no record. Adds to `uploadIds` what it reads. */
async function prepareImport(
  { application, output, signal }: WorkspaceInvocation,
  imports: ContractClient['imports'],
  options: ImportOptions,
  files: readonly string[],
  uploadIds: UploadId[],
): Promise<{ plan: ImportPlan; nearNames: NearName[] }> {
  try {
    for (const file of files) {
      signal.throwIfAborted();
      uploadIds.push(await uploadLocalFile(application.app, fromCallersDirectory(file)));
    }
    const decisions = decisionsOf(options);
    const { plan, questions, nearNames } = await imports.plan({ uploadIds, decisions }, { signal });
    if (questions.length > 0) throw unanswered(questions);
    signal.throwIfAborted();
    return { plan, nearNames };
  } catch (error) {
    if (signal.aborted) output.note('The import was cancelled; nothing was imported.');
    throw error;
  }
}

function decisionsOf(options: ImportOptions): PlanInput['decisions'] {
  return {
    object: options.as,
    mapsAfresh: options.mapAfresh,
    // On a command line every file was meant: one that has no readable column stops the import before it begins.
    needsEveryFile: true,
    scales: options.scale,
    values: options.value,
    onDuplicate: options.onDuplicate,
    onMissingAccount: options.missingAccount,
    dateOrder: options.dateOrder,
    decimalSign: options.decimalSign && decimalSigns[options.decimalSign],
    mixedValues: options.mixedValues,
    unknownValues: options.unknownValues,
    repeatedColumns: options.repeatedColumns,
    nearNames: {
      acceptsAll: options.acceptNames,
      accepted: options.acceptName,
      declined: options.declineName,
    },
  };
}

type PlanInput = Parameters<ContractClient['imports']['plan']>[0];

/** Copies error files beside what the folder holds already, and tells of the copies. */
async function copyErrorFiles({ errorFiles }: ImportReport, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const taken = new Set(await readdir(folder));
  for (const file of errorFiles) {
    const { name, ext } = parse(file.name);
    let free = file.name;
    for (let attempt = 2; taken.has(free); attempt += 1) free = `${name}-${attempt}${ext}`;
    taken.add(free);
    const path = join(folder, free);
    await copyFile(file.path, path, constants.COPYFILE_EXCL);
    file.path = path;
  }
}

function collect(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}

const optionFor: Partial<Record<ImportQuestion['kind'], string>> = {
  date_order: '--date-order dmy, --date-order mdy or --date-order ymd',
  decimal_sign: '--decimal-sign point or --decimal-sign comma',
  mixed_values: '--mixed-values reject or --mixed-values text',
  object: `--as ${importObjects.join(', ')}`,
  header_twice: '--repeated-columns ignore or --repeated-columns keep',
  unknown_values: '--value "NAME=CHOICE" for each, or --unknown-values reject',
};

function unanswered(questions: readonly ImportQuestion[]): SatchelError {
  const lines = questions.map(({ message, kind }) => {
    const option = optionFor[kind];
    return option === undefined ? message : say`${message} Use ${option}.`;
  });
  return new SatchelError('invalid', inLines(lines), {
    details: { questions: questions.map(({ kind, fileName, header }) => ({ kind, fileName, header })) },
  });
}

/** Shows progress until the report. Ctrl+C stops the import after the slice at hand; its batch can be reverted. */
export async function followImport(
  { output, signal }: WorkspaceInvocation,
  imports: ContractClient['imports'],
  events: AsyncIterable<ImportEvent>,
): Promise<ImportReport> {
  let running: ImportBatchId | null | undefined;
  const cancel = () => {
    if (running !== undefined) void imports.cancel({ batchId: running });
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for await (const event of events) {
      if (event.type === 'report') {
        output.progress();
        return event.report;
      }
      const isFirst = running === undefined;
      running = event.batchId;
      if (isFirst && signal.aborted) cancel();
      const total = event.total === null ? '' : ` of ${event.total.toLocaleString('en')}`;
      output.progress(`${event.fileName ?? event.step}: ${event.done.toLocaleString('en')}${total} rows`);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  throw new SatchelError('internal', say`The import ended without a report.`);
}

function rememberedLines({ files }: ImportPlan): string[] {
  return files.flatMap(({ fileName, rememberedSince }) =>
    rememberedSince === null
      ? []
      : [`${fileName} was mapped as last time, ${rememberedSince.slice(0, 10)} (--map-afresh forgets that)`],
  );
}

/** What a data dictionary had proposed, and how to overrule it. */
function scaleLines({ files }: ImportPlan): string[] {
  return files.flatMap(({ fileName, object, columns }) =>
    columns.flatMap(({ header, multiplier, describedScale }) =>
      object === null || describedScale === null
        ? []
        : [
            multiplier === '1'
              ? `${fileName}: the numbers in “${header}” are as they stand, though ${describedScale.fileName} says “${describedScale.description}” (--scale "${fileName}.${header}=${describedScale.multiplier}" multiplies them)`
              : `--scale "${fileName}.${header}=1" would keep the numbers in “${header}” as they stand`,
          ],
    ),
  );
}

/** @param options.areErrorsCopied the error files are where the person wanted them, not where the next import clears them */
export function reportLines(report: ImportReport, { areErrorsCopied = false } = {}): string[] {
  const lines: string[] = [];
  if (report.isDryRun) lines.push('Dry run: nothing was written.');
  if (report.status === 'cancelled')
    lines.push('The import was cancelled; what was imported so far is kept.');
  for (const [object, { created, updated, skipped, failed }] of Object.entries(report.counts)) {
    lines.push(
      `${object}: ${number(created)} created, ${number(updated)} updated, ${number(skipped)} skipped, ${number(failed)} failed`,
    );
  }
  const also = Object.entries(report.alsoCreated).filter(([, count]) => count > 0);
  if (also.length > 0)
    lines.push(`Also created: ${also.map(([what, count]) => madeBeside(what, count)).join(', ')}`);
  for (const { from, to, rows } of report.corrected)
    lines.push(`Read “${from}” as “${to}” in ${counted(rows, 'row')}`);
  for (const { fileName, header, from, to, label, rows } of report.values)
    lines.push(
      `${fileName}: “${from}” in “${header}” became ${label ?? to} in ${counted(rows, 'row')} (--value "${from}=..." chooses another)`,
    );
  for (const { message, rows, firstLine, fileName } of report.reasons) {
    lines.push(`${fileName}, ${counted(rows, 'row')} (first on line ${firstLine}): ${inEnglish(message)}`);
  }
  for (const warning of report.warnings) lines.push(inEnglish(warning));
  for (const { fileName, reason } of report.ignoredFiles)
    lines.push(`${fileName} was ignored: ${inEnglish(reason)}`);
  for (const { path, rows } of report.errorFiles)
    lines.push(`${counted(rows, 'row')} that could not be kept: ${path}`);
  if (report.isDryRun && report.errorFiles.length > 0 && !areErrorsCopied)
    lines.push('The next import removes the error files of a dry run; --errors-to FOLDER keeps them.');
  if (report.batchId !== null && report.status === 'cancelled')
    lines.push(`Go on with: satchel imports resume ${report.batchId}`);
  if (report.batchId !== null) lines.push(`Take it back with: satchel imports revert ${report.batchId}`);
  return lines;
}

/** What was made beside the rows: `3 users`, `1 placeholder account`. */
function madeBeside(what: string, count: number): string {
  const object = importObjects.find((name) => name === what);
  const many = what.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return counted(count, object ? importDefinition(object).singular : many.replace(/s$/, ''), many);
}

function number(value: number): string {
  return value.toLocaleString('en');
}
