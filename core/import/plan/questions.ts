import { type ImportObject, importObjects, importTargets } from '#shared/contract/import-targets.ts';
import type { ColumnPlan, FilePlan, ImportPlan, ImportQuestion } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { inLines, type Message, oneOf, say, term } from '#shared/message.ts';
import { shown } from '../../data/shown.ts';
import { importModuleOf } from '../../objects/import-modules.ts';
import { parseDate } from '../values/dates.ts';
import { parseNumber } from '../values/numbers.ts';
import { choiceColumns, type PlanVocabulary } from './value-columns.ts';

/** What a person has to decide before a plan can be carried out. */
export function questionsOf(plan: ImportPlan, vocabulary: PlanVocabulary): ImportQuestion[] {
  return plan.files.flatMap((file) => {
    if (file.ignoredReason !== null && file.object === null) return [];
    if (file.object === null) return [objectQuestion(file)];
    return [...fileQuestions(file, file.object), ...valueQuestions(file, file.object, vocabulary)];
  });
}

/** @throws SatchelError `invalid` that holds every open question */
export function requireAnswers(plan: ImportPlan, vocabulary: PlanVocabulary): void {
  const questions = questionsOf(plan, vocabulary);
  const [first] = questions;
  if (!first) return;
  throw new SatchelError('invalid', inLines(questions.map(({ message }) => message)), {
    details: { questions: questions.map(({ kind, fileName, header }) => ({ kind, fileName, header })) },
  });
}

function objectQuestion(file: FilePlan): ImportQuestion {
  return {
    ...about(file, []),
    kind: 'object',
    message: say`${file.fileName}: say what its rows are (${oneOf(importObjects.map(term))}); its columns do not tell.`,
    choices: importObjects.map((value) => ({ value, example: null })),
  };
}

function fileQuestions(file: FilePlan, object: ImportObject): ImportQuestion[] {
  const questions: ImportQuestion[] = [];
  const used = new Map<string, ColumnPlan>();
  const { namedBy } = importModuleOf(object);
  if (namedBy !== null && !fillsOneOf(file, namedBy)) questions.push(nameQuestion(file, object));
  const dates: ColumnPlan[] = [];
  const numbers: ColumnPlan[] = [];
  for (const column of file.columns) {
    const key = targetKey(column);
    if (key === null) continue;
    const other = used.get(key);
    if (other) questions.push(twiceQuestion(file, column, other));
    else used.set(key, column);
    if (column.isRepeated) questions.push(repeatedQuestion(file, column));
    if (isMixed(column)) questions.push(mixedQuestion(file, column));
    const type = valueType(object, column);
    if (type === 'date' && column.dateOrder === null) dates.push(column);
    if (type === 'number' && column.decimalSign === null) numbers.push(column);
  }
  // A program writes all dates of a file in one way, and all its numbers: one answer is for all that leave it open.
  if (dates.length > 0) questions.push(dateQuestion(file, dates));
  if (numbers.length > 0) questions.push(decimalQuestion(file, numbers));
  return questions;
}

function fillsOneOf({ columns }: FilePlan, fields: readonly string[]): boolean {
  return columns.some(({ target }) => target.kind === 'field' && fields.includes(target.field));
}

/** A new custom field would be of a type that many cells of its column are not of. */
function isMixed({ target, misfits }: ColumnPlan): boolean {
  return misfits?.isMixed === true && target.kind === 'new_custom' && typesWithMisfits.has(target.type);
}

const typesWithMisfits: ReadonlySet<string> = new Set(['date', 'number', 'boolean']);

function targetKey({ target }: ColumnPlan): string | null {
  if (target.kind === 'ignore') return null;
  return target.kind === 'field' || target.kind === 'link' ? target.field : `custom.${target.key}`;
}

/** Whether a column's target depends on the order of dates or on the decimal sign. */
function valueType(object: ImportObject, { target, detected }: ColumnPlan): 'date' | 'number' | null {
  if (target.kind === 'field') {
    const type = importTargets(object).fields.find(({ key }) => key === target.field)?.type;
    if (type === 'date') return 'date';
    return type === 'money' || type === 'integer' || type === 'percent' ? 'number' : null;
  }
  if (target.kind === 'new_custom') {
    if (target.type === 'date') return 'date';
    return target.type === 'number' ? 'number' : null;
  }
  // The type of a custom field that exists is not in the plan; its values are of that type already, or fail as rows.
  if (target.kind === 'custom') return detected === 'date' ? 'date' : detected === 'number' ? 'number' : null;
  return null;
}

function dateQuestion(file: FilePlan, columns: readonly ColumnPlan[]): ImportQuestion {
  const samples = columns.flatMap((column) => column.samples);
  const isOpen = (text: string) => parseDate(text, 'mdy') !== parseDate(text, 'dmy');
  const sample = samples.find(isOpen) ?? samples.find(isYearFirst) ?? null;
  const orders = samples.some(isYearFirst) ? (['dmy', 'mdy', 'ymd'] as const) : (['dmy', 'mdy'] as const);
  return {
    ...about(file, columns),
    kind: 'date_order',
    message:
      orders.length > 2
        ? say`${file.fileName}: the dates in ${headersOf(columns, sample)} can be read with the day first or with the month first, or with the year first. Say which.`
        : say`${file.fileName}: the dates in ${headersOf(columns, sample)} can be read with the day first or with the month first. Say which.`,
    choices: orders.map((value) => ({
      value,
      example: example(sample, (text) => parseDate(text, value)),
    })),
  };
}

/** `24-03-05`: its year may stand first or last. */
function isYearFirst(text: string): boolean {
  const day = parseDate(text, 'ymd');
  return day !== null && day !== parseDate(text, 'dmy') && day !== parseDate(text, 'mdy');
}

function decimalQuestion(file: FilePlan, columns: readonly ColumnPlan[]): ImportQuestion {
  const samples = columns.flatMap((column) => column.samples);
  const sample =
    samples.find((text) => parseNumber(text, '.')?.value !== parseNumber(text, ',')?.value) ?? null;
  return {
    ...about(file, columns),
    kind: 'decimal_sign',
    message: say`${file.fileName}: the numbers in ${headersOf(columns, sample)} can be read with a decimal point or with a decimal comma. Say which.`,
    choices: (['.', ','] as const).map((value) => ({
      value,
      example: example(sample, (text) => parseNumber(text, value)?.value ?? null),
    })),
  };
}

const typeNames: Readonly<Record<string, Message>> = { date: say`dates`, boolean: say`yes or no` };

function mixedQuestion(file: FilePlan, column: ColumnPlan): ImportQuestion {
  const { rows = 0, sample = '' } = column.misfits ?? {};
  const type = typeNames[column.detected] ?? say`numbers`;
  return {
    ...about(file, [column]),
    kind: 'mixed_values',
    message: say`${file.fileName}: most cells in “${column.header}” are ${type}, but not all (${rows} such as “${shown(sample)}”). Say whether such rows go into the error file, or the whole column is kept as text.`,
    choices: (['reject', 'text'] as const).map((value) => ({ value, example: null })),
  };
}

/** The columns by their headers, with a value that stands in one of them. */
function headersOf(columns: readonly ColumnPlan[], sample: string | null): Message {
  const names = columns.map(({ header }) => `“${header}”`);
  const headers =
    names.length <= 3
      ? say`${names.join(', ')}`
      : say`${names.slice(0, 2).join(', ')} and ${names.length - 2} more columns`;
  return sample === null ? headers : say`${headers} (such as ${shown(sample)})`;
}

/** Values that name no stage, or whatever else their column fills: what they become is for the person to say. */
function valueQuestions(file: FilePlan, object: ImportObject, vocabulary: PlanVocabulary): ImportQuestion[] {
  return choiceColumns(file, object, vocabulary).flatMap(({ column, values }) => {
    const unknown = values.filter(({ how }) => how === 'unknown').map(({ from }) => from);
    if (unknown.length === 0) return [];
    const samples = unknown.slice(0, 3).map((value) => `“${shown(value)}”`);
    return [
      {
        ...about(file, [column]),
        kind: 'unknown_values',
        message: say`${file.fileName}: some values in “${column.header}” are not known here (such as ${samples.join(', ')}). Say what each becomes, or leave their rows to the error file.`,
        values: unknown,
        choices: [{ value: 'reject', example: null }],
      },
    ];
  });
}

function nameQuestion(file: FilePlan, object: ImportObject): ImportQuestion {
  return {
    ...about(file, []),
    kind: 'name_missing',
    message: say`${file.fileName}: no column names the ${term(object)}, so none of its rows could be imported. Choose the column that holds the name.`,
    choices: [],
  };
}

function repeatedQuestion(file: FilePlan, column: ColumnPlan): ImportQuestion {
  return {
    ...about(file, [column]),
    kind: 'header_twice',
    message: say`${file.fileName}: there is more than one column “${column.header}”, and no field is left for the one in place ${column.index + 1} (such as “${shown(column.samples[0] ?? '')}”). Say whether it becomes a field of its own or is not imported, or choose its target.`,
    choices: (['ignore', 'keep'] as const).map((value) => ({ value, example: null })),
  };
}

function twiceQuestion(file: FilePlan, column: ColumnPlan, other: ColumnPlan): ImportQuestion {
  return {
    ...about(file, [column]),
    kind: 'target_twice',
    message: say`${file.fileName}: the columns “${other.header}” and “${column.header}” fill the same field. Choose another target for one of them.`,
    choices: [],
  };
}

function about(file: FilePlan, columns: readonly ColumnPlan[]) {
  const [first] = columns;
  return {
    uploadId: file.uploadId,
    fileName: file.fileName,
    column: first?.index ?? null,
    header: first?.header ?? null,
    columns: columns.map(({ index }) => index),
    values: [],
  };
}

function example(
  sample: string | null,
  read: (text: string) => string | null,
): { from: string; to: string } | null {
  const to = sample === null ? null : read(sample);
  return sample === null || to === null ? null : { from: sample, to };
}
