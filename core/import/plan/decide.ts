import { parse } from 'node:path';
import type { Identity } from '#db/engine/types.ts';
import type { ImportDecisions, ImportPlan, ImportQuestion, NearName } from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import { SatchelError } from '#shared/errors.ts';
import { inLines, say } from '#shared/message.ts';
import type { Application } from '../../context.ts';
import { readVocabulary } from '../run/make-context.ts';
import { readScaleDescriptions } from './dictionaries.ts';
import { forgetMapping, inspectUpload, inspectUploads } from './inspect.ts';
import { proposeCorrections } from './preview.ts';
import { questionsOf } from './questions.ts';
import { type PlanVocabulary, valueColumns } from './value-columns.ts';

interface DecidedPlan {
  readonly plan: ImportPlan;
  readonly questions: ImportQuestion[];
  readonly nearNames: NearName[];
}

/**
 * Reads uploaded files and carries out what a person decided beforehand.
 * @throws SatchelError `invalid` where no file can be read, or a decision is about what no file holds
 */
export async function planUploads(
  app: Application,
  identity: Identity,
  uploadIds: readonly UploadId[],
  decisions: ImportDecisions,
  signal: AbortSignal = new AbortController().signal,
): Promise<DecidedPlan> {
  const plan = await inspectUploads(app, identity, uploadIds);
  if (decisions.needsEveryFile) requireColumns(plan);
  await inspectAgain(app, identity, plan, decisions);
  for (const scale of decisions.scales) applyScale(plan, scale);
  plan.options.onDuplicate = decisions.onDuplicate;
  plan.options.onMissingAccount = decisions.onMissingAccount;
  const vocabulary = await readVocabulary(app, identity);
  for (const value of decisions.values) applyValue(plan, value, vocabulary);
  for (const question of questionsOf(plan, vocabulary)) answer(plan, question, decisions);
  const questions = questionsOf(plan, vocabulary);
  const nearNames =
    questions.length > 0 ? [] : await decideNames(app, identity, plan, decisions.nearNames, signal);
  return { plan, questions, nearNames };
}

function requireColumns({ files }: ImportPlan): void {
  const unreadable = files.filter(({ columns }) => columns.length === 0);
  if (unreadable.length === 0) return;
  const reasons = unreadable.map(({ fileName, ignoredReason }) => ignoredReason ?? say`${fileName}`);
  throw new SatchelError('invalid', inLines(reasons));
}

/** Where a decision changes what the proposal of a file's columns stands on. */
async function inspectAgain(
  app: Application,
  identity: Identity,
  plan: ImportPlan,
  decisions: ImportDecisions,
): Promise<void> {
  const scales = await readScaleDescriptions(
    app,
    plan.files.map(({ uploadId }) => uploadId),
  );
  for (const [index, { uploadId, columns }] of plan.files.entries()) {
    const { object } = decisions;
    // What has no readable column was left out, and has nothing to be read again.
    if (object !== undefined && columns.length > 0) {
      plan.files[index] = await inspectUpload(app, identity, uploadId, { object, scales });
    }
  }
  if (!decisions.mapsAfresh) return;
  for (const [index, { uploadId, object, columns, rememberedSince }] of plan.files.entries()) {
    if (object === null || rememberedSince === null) continue;
    const headers = columns.map(({ header }) => header);
    await forgetMapping(app, identity, headers, object);
    plan.files[index] = await inspectUpload(app, identity, uploadId, { object, scales });
  }
}

/** @throws SatchelError `invalid` where no file has the column */
function applyScale(plan: ImportPlan, scale: ImportDecisions['scales'][number]): void {
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
  if (!isFound) throw new SatchelError('invalid', say`None of the files has a column ${scale.column}.`);
}

/** @throws SatchelError `invalid` where no column of choices holds the value, or it is to become what is no choice */
function applyValue(
  plan: ImportPlan,
  { from, to }: ImportDecisions['values'][number],
  vocabulary: PlanVocabulary,
): void {
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
      throw new SatchelError('invalid', say`${to} is none of ${names.join(', ')}.`);
    }
    const column = plan.files
      .find((file) => file.uploadId === uploadId)
      ?.columns.find((each) => each.index === index);
    if (column) {
      const others = column.chosen.filter((choice) => choice.from !== from);
      column.chosen = [...others, { from, to: option?.value ?? null }];
    }
  }
  if (!isFound) throw new SatchelError('invalid', say`No column of choices holds ${from}.`);
}

/** Only what is asked is answered: a decision never overrules what the file makes clear. */
function answer(plan: ImportPlan, question: ImportQuestion, decisions: ImportDecisions): void {
  const file = plan.files.find(({ uploadId }) => uploadId === question.uploadId);
  for (const column of file?.columns ?? []) {
    if (!question.columns.includes(column.index)) continue;
    if (question.kind === 'date_order' && decisions.dateOrder) column.dateOrder = decisions.dateOrder;
    if (question.kind === 'decimal_sign' && decisions.decimalSign) {
      column.decimalSign = decisions.decimalSign;
    }
    if (question.kind === 'header_twice' && decisions.repeatedColumns) {
      column.isRepeated = false;
      if (decisions.repeatedColumns === 'ignore') column.target = { kind: 'ignore' };
    }
    if (question.kind === 'unknown_values' && decisions.unknownValues === 'reject')
      column.chosen = [...column.chosen, ...question.values.map((from) => ({ from, to: null }))];
    if (question.kind === 'mixed_values' && decisions.mixedValues && column.misfits) {
      column.misfits.isMixed = false;
      if (decisions.mixedValues === 'text' && column.target.kind === 'new_custom')
        column.target.type = 'text';
    }
  }
}

/**
 * Finds the near-misses in all files of the plan and puts what was decided about them into its corrections.
 * @throws SatchelError `invalid` for a decision about a name that is no near-miss
 */
async function decideNames(
  app: Application,
  identity: Identity,
  plan: ImportPlan,
  { acceptsAll, accepted, declined }: ImportDecisions['nearNames'],
  signal: AbortSignal,
): Promise<NearName[]> {
  const proposals = await proposeCorrections(app, identity, plan, signal);
  const names = new Set(proposals.map(({ from }) => from));
  for (const name of [...accepted, ...declined]) {
    if (!names.has(name)) {
      throw new SatchelError('invalid', say`The files hold no name “${name}” that is nearly another one.`);
    }
  }
  return proposals.map(({ uploadId, column, header, from, to, rows, kind }) => {
    const isAccepted = kind === 'same_letters' || acceptsAll || accepted.includes(from);
    const isRead = isAccepted && !declined.includes(from);
    // Names of the same letters are read as one without being told.
    if (!isRead) plan.corrections.push({ uploadId, column, from, to: null });
    else if (kind === 'similar') plan.corrections.push({ uploadId, column, from, to });
    const fileName = plan.files.find((file) => file.uploadId === uploadId)?.fileName ?? '';
    return { fileName, column: header, from, to, rows, kind, isRead };
  });
}
