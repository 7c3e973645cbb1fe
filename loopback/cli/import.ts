import { constants } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Application } from '#core/context.ts';
import { readScaleDescriptions } from '#core/import/plan/dictionaries.ts';
import { forgetMapping, inspectUpload, inspectUploads } from '#core/import/plan/inspect.ts';
import { questionsOf } from '#core/import/plan/questions.ts';
import { type PlanVocabulary, valueColumns } from '#core/import/plan/value-columns.ts';
import { readVocabulary } from '#core/import/run/make-context.ts';
import { uploadLocalFile } from '#core/uploads/upload-local-file.ts';
import { discardUpload } from '#core/uploads/uploads.ts';
import { type ImportObject, importObjects } from '#shared/contract/import-targets.ts';
import type {
  ImportEvent,
  ImportPlan,
  ImportQuestion,
  ImportReport,
  OnDuplicate,
} from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import { inEnglish, inLines, say } from '#shared/message.ts';
import { decimalSchema } from '#shared/values.ts';
import {
  action,
  type CommonOptions,
  fromCallersDirectory,
  satchelCommand,
  type WorkspaceInvocation,
  withWorkspace,
} from './command.ts';
import { counted } from './counted.ts';
import { inWords } from './in-words.ts';
import { decideNames, type NameDecisions, type NearName, nearNameLines } from './near-names.ts';

interface ImportOptions extends CommonOptions, NameDecisions {
  readonly as?: ImportObject;
  readonly dryRun?: boolean;
  readonly errorsTo?: string;
  readonly mapAfresh?: boolean;
  readonly scale: readonly ColumnScale[];
  readonly missingAccount: 'reject' | 'placeholder';
  readonly onDuplicate: OnDuplicate;
  readonly dateOrder?: 'dmy' | 'mdy' | 'ymd';
  readonly decimalSign?: 'point' | 'comma';
  readonly mixedValues?: 'reject' | 'text';
  readonly value: readonly ValueChoice[];
  readonly unknownValues?: 'reject';
  readonly repeatedColumns?: 'ignore' | 'keep';
}

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
        .argParser(addScale)
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
        .argParser(addValue)
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
      action<ImportOptions>((invocation, options, files) =>
        withWorkspace(invocation, (workspace) => importFiles(workspace, options, files)),
      ),
    );
}

async function importFiles(
  workspace: WorkspaceInvocation,
  options: ImportOptions,
  files: readonly string[],
): Promise<void> {
  const { app } = workspace.application;
  const uploads: UploadId[] = [];
  try {
    const { plan, nearNames } = await prepareImport(workspace, options, files, uploads);
    const report = await runImport(workspace, plan, options.dryRun === true);
    if (options.errorsTo !== undefined) await copyErrorFiles(report, fromCallersDirectory(options.errorsTo));
    workspace.output.result(inWords({ ...report, nearNames }), () => [
      ...rememberedLines(plan),
      ...reportLines(report, { areErrorsCopied: options.errorsTo !== undefined }),
      ...nearNameLines(nearNames),
      ...scaleLines(plan),
    ]);
  } finally {
    for (const upload of uploads) await discardUpload(app.dataDir, upload);
  }
}

/** Reads the files and decides what is to be done with them, which writes no record. Adds to `uploads` what it reads. */
async function prepareImport(
  workspace: WorkspaceInvocation,
  options: ImportOptions,
  files: readonly string[],
  uploads: UploadId[],
): Promise<{ plan: ImportPlan; nearNames: NearName[] }> {
  const { output, signal } = workspace;
  const { app } = workspace.application;
  try {
    for (const file of files) {
      signal.throwIfAborted();
      uploads.push(await uploadLocalFile(app, fromCallersDirectory(file)));
    }
    const plan = await planImport(app, workspace, options, uploads);
    const nearNames = await decideNames(workspace, plan, options);
    signal.throwIfAborted();
    return { plan, nearNames };
  } catch (error) {
    if (signal.aborted) output.note('The import was cancelled; nothing was imported.');
    throw error;
  }
}

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

async function planImport(
  app: Application,
  { identity }: WorkspaceInvocation,
  options: ImportOptions,
  uploads: readonly UploadId[],
): Promise<ImportPlan> {
  const plan = await inspectUploads(app, identity, uploads);
  // On a command line every file was meant: one that has no readable column stops the import before it begins.
  const unreadable = plan.files.filter(({ columns }) => columns.length === 0);
  if (unreadable.length > 0) {
    const reasons = unreadable.map(({ fileName, ignoredReason }) => ignoredReason ?? say`${fileName}`);
    throw new SatchelError('invalid', inLines(reasons));
  }
  const scales = await readScaleDescriptions(app, uploads);
  if (options.as) {
    const object = options.as;
    for (const [index, upload] of uploads.entries())
      plan.files[index] = await inspectUpload(app, identity, upload, { object, scales });
  }
  if (options.mapAfresh === true) {
    for (const [index, { uploadId, object, columns, rememberedSince }] of plan.files.entries()) {
      if (object === null || rememberedSince === null) continue;
      const headers = columns.map(({ header }) => header);
      await forgetMapping(app, identity, headers, object);
      plan.files[index] = await inspectUpload(app, identity, uploadId, { object, scales });
    }
  }
  for (const scale of options.scale) applyScale(plan, scale);
  plan.options.onDuplicate = options.onDuplicate;
  plan.options.onMissingAccount = options.missingAccount;
  const vocabulary = await readVocabulary(app, identity);
  for (const value of options.value) applyValue(plan, value, vocabulary);
  for (const question of questionsOf(plan, vocabulary)) answer(plan, question, options);
  const open = questionsOf(plan, vocabulary);
  if (open.length > 0) throw unanswered(open);
  return plan;
}

function collect(text: string, earlier: readonly string[]): string[] {
  return [...earlier, text];
}

interface ColumnScale {
  /** `file.column`, the file with or without the ending of its name. */
  readonly column: string;
  readonly multiplier: string;
}

function addScale(text: string, earlier: readonly ColumnScale[]): ColumnScale[] {
  const [, column = '', factor = ''] = /^(.+\..+)=([^=]+)$/.exec(text) ?? [];
  const multiplier = decimalSchema.safeParse(factor);
  if (!multiplier.success || !(Number(factor) > 0)) {
    throw new InvalidArgumentError('Give a file, its column and a factor, such as accounts.revenue=1000000.');
  }
  return [...earlier, { column, multiplier: multiplier.data }];
}

/** @throws SatchelError `invalid` where no file has the column */
function applyScale(plan: ImportPlan, scale: ColumnScale): void {
  const wanted = scale.column.toLowerCase();
  let isFound = false;
  for (const { fileName, columns } of plan.files) {
    for (const column of columns) {
      const names = [fileName, parse(fileName).name].map((name) => `${name}.${column.header}`.toLowerCase());
      if (!names.includes(wanted)) continue;
      column.multiplier = scale.multiplier;
      isFound = true;
    }
  }
  if (!isFound)
    throw new SatchelError('invalid', say`--scale: none of the files has a column ${scale.column}.`);
}

interface ValueChoice {
  readonly from: string;
  readonly to: string;
}

function addValue(text: string, earlier: readonly ValueChoice[]): ValueChoice[] {
  const [, from = '', to = ''] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (from.trim() === '')
    throw new InvalidArgumentError('Give a value and what it becomes, such as "Engaging=Qualification".');
  return [...earlier, { from: from.trim(), to: to.trim() }];
}

/** @throws SatchelError `invalid` where no column of choices holds the value, or it is to become what is no choice */
function applyValue(plan: ImportPlan, { from, to }: ValueChoice, vocabulary: PlanVocabulary): void {
  let isFound = false;
  for (const { uploadId, column: index, options, values } of valueColumns(plan, vocabulary)) {
    if (!values.some((value) => value.from === from)) continue;
    isFound = true;
    const wanted = to.toLowerCase();
    const option = options.find(
      ({ value, label }) =>
        value.replaceAll('_', ' ') === wanted.replaceAll('_', ' ') || label?.toLowerCase() === wanted,
    );
    if (!option && to !== '') {
      const names = options.map(({ value, label }) => label ?? value);
      throw new SatchelError('invalid', say`--value: ${to} is none of ${names.join(', ')}.`);
    }
    const column = plan.files
      .find((file) => file.uploadId === uploadId)
      ?.columns.find((each) => each.index === index);
    if (column) {
      const others = column.chosen.filter((choice) => choice.from !== from);
      column.chosen = [...others, { from, to: option?.value ?? null }];
    }
  }
  if (!isFound) throw new SatchelError('invalid', say`--value: no column of choices holds ${from}.`);
}

/** Only what is asked is answered: an option never overrules what the file makes clear. */
function answer(plan: ImportPlan, question: ImportQuestion, options: ImportOptions): void {
  const file = plan.files.find(({ uploadId }) => uploadId === question.uploadId);
  for (const column of file?.columns ?? []) {
    if (!question.columns.includes(column.index)) continue;
    if (question.kind === 'date_order' && options.dateOrder) column.dateOrder = options.dateOrder;
    if (question.kind === 'decimal_sign' && options.decimalSign) {
      column.decimalSign = options.decimalSign === 'comma' ? ',' : '.';
    }
    if (question.kind === 'header_twice' && options.repeatedColumns) {
      column.isRepeated = false;
      if (options.repeatedColumns === 'ignore') column.target = { kind: 'ignore' };
    }
    if (question.kind === 'unknown_values' && options.unknownValues === 'reject')
      column.chosen = [...column.chosen, ...question.values.map((from) => ({ from, to: null }))];
    if (question.kind === 'mixed_values' && options.mixedValues && column.misfits) {
      column.misfits.isMixed = false;
      if (options.mixedValues === 'text' && column.target.kind === 'new_custom') column.target.type = 'text';
    }
  }
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

async function runImport(
  workspace: WorkspaceInvocation,
  plan: ImportPlan,
  isDryRun: boolean,
): Promise<ImportReport> {
  const { application, identity } = workspace;
  const events = application.services.imports.start(application.app, identity, plan, {
    isDryRun,
    pace: 'bulk',
  });
  return followImport(workspace, events.listen());
}

/** Shows progress until the report. Ctrl+C stops the import after the slice at hand; its batch can be reverted. */
export async function followImport(
  { application, output, signal }: WorkspaceInvocation,
  events: AsyncIterable<ImportEvent>,
): Promise<ImportReport> {
  const jobs = application.services.imports;
  const cancel = () => void jobs.cancelCurrent();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    for await (const event of events) {
      if (event.type === 'report') {
        output.progress();
        return event.report;
      }
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
    lines.push(
      `Also created: ${also.map(([what, count]) => counted(count, ...(sideEffectNames[what] ?? [what, what]))).join(', ')}`,
    );
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

const sideEffectNames: Readonly<Record<string, readonly [one: string, many: string]>> = {
  teams: ['team', 'teams'],
  managers: ['manager', 'managers'],
  people: ['person', 'people'],
  accounts: ['account', 'accounts'],
  contacts: ['contact', 'contacts'],
  products: ['product', 'products'],
  placeholderAccounts: ['placeholder account', 'placeholder accounts'],
  customFields: ['custom field', 'custom fields'],
};

function number(value: number): string {
  return value.toLocaleString('en');
}
