import { type ImportObject, importTargets } from '#shared/contract/import-targets.ts';
import type { ColumnPlan, FilePlan, ImportPlan, ImportQuestion } from '#shared/contract/imports.ts';
import { SatchelError } from '#shared/errors.ts';
import { say } from '#shared/message.ts';
import { parseDate } from '../values/dates.ts';
import { parseNumber } from '../values/numbers.ts';

/** What a person has to decide before a plan can be carried out. */
export function questionsOf(plan: ImportPlan): ImportQuestion[] {
  return plan.files.flatMap((file) => {
    if (file.ignoredReason !== null && file.object === null) return [];
    if (file.object === null) return [objectQuestion(file)];
    return fileQuestions(file, file.object);
  });
}

/** @throws SatchelError `invalid` that holds every open question */
export function requireAnswers(plan: ImportPlan): void {
  const questions = questionsOf(plan);
  const [first] = questions;
  if (!first) return;
  throw new SatchelError('invalid', say`${questions.map(({ message }) => message).join('\n')}`, {
    details: { questions: questions.map(({ kind, fileName, header }) => ({ kind, fileName, header })) },
  });
}

function objectQuestion(file: FilePlan): ImportQuestion {
  return {
    uploadId: file.uploadId,
    fileName: file.fileName,
    column: null,
    header: null,
    kind: 'object',
    message: `${file.fileName}: say what its rows are (people, accounts, products, contacts or opportunities); its columns do not tell.`,
    choices: ['people', 'accounts', 'products', 'contacts', 'opportunities'].map((value) => ({
      value,
      example: null,
    })),
  };
}

function fileQuestions(file: FilePlan, object: ImportObject): ImportQuestion[] {
  const questions: ImportQuestion[] = [];
  const used = new Map<string, ColumnPlan>();
  for (const column of file.columns) {
    const key = targetKey(column);
    if (key === null) continue;
    const other = used.get(key);
    if (other) questions.push(twiceQuestion(file, column, other));
    else used.set(key, column);
    const type = valueType(object, column);
    if (type === 'date' && column.dateOrder === null && column.detected !== 'empty') {
      questions.push(dateQuestion(file, column));
    }
    if (type === 'number' && column.decimalSign === null && isUnclear(column)) {
      questions.push(decimalQuestion(file, column));
    }
  }
  return questions;
}

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

function isUnclear({ samples, detected }: ColumnPlan): boolean {
  if (detected !== 'number' && detected !== 'percent') return false;
  return (
    samples.length === 0 ||
    samples.some((sample) => parseNumber(sample, '.')?.value !== parseNumber(sample, ',')?.value)
  );
}

function dateQuestion(file: FilePlan, column: ColumnPlan): ImportQuestion {
  const sample = column.samples.find((text) => parseDate(text, 'mdy') !== parseDate(text, 'dmy')) ?? null;
  return {
    ...about(file, column),
    kind: 'date_order',
    message: `${file.fileName}: the dates in “${column.header}”${sample === null ? '' : ` (such as ${sample})`} can be read with the day first or with the month first. Say which.`,
    choices: (['dmy', 'mdy'] as const).map((value) => ({
      value,
      example: example(sample, (text) => parseDate(text, value)),
    })),
  };
}

function decimalQuestion(file: FilePlan, column: ColumnPlan): ImportQuestion {
  const sample =
    column.samples.find((text) => parseNumber(text, '.')?.value !== parseNumber(text, ',')?.value) ?? null;
  return {
    ...about(file, column),
    kind: 'decimal_sign',
    message: `${file.fileName}: the numbers in “${column.header}”${sample === null ? '' : ` (such as ${sample})`} can be read with a decimal point or with a decimal comma. Say which.`,
    choices: (['.', ','] as const).map((value) => ({
      value,
      example: example(sample, (text) => parseNumber(text, value)?.value ?? null),
    })),
  };
}

function twiceQuestion(file: FilePlan, column: ColumnPlan, other: ColumnPlan): ImportQuestion {
  return {
    ...about(file, column),
    kind: 'target_twice',
    message: `${file.fileName}: the columns “${other.header}” and “${column.header}” fill the same field. Choose another target for one of them.`,
    choices: [],
  };
}

function about(file: FilePlan, column: ColumnPlan) {
  return { uploadId: file.uploadId, fileName: file.fileName, column: column.index, header: column.header };
}

function example(
  sample: string | null,
  read: (text: string) => string | null,
): { from: string; to: string } | null {
  const to = sample === null ? null : read(sample);
  return sample === null || to === null ? null : { from: sample, to };
}
