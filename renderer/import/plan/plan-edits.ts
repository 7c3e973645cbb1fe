import type {
  ColumnPlan,
  ColumnTarget,
  CorrectionProposal,
  FilePlan,
  ImportOptions,
  ImportPlan,
  ImportQuestion,
  ValueColumn,
} from '#shared/contract/imports.ts';
import { dateOrderSchema, decimalSignSchema } from '#shared/contract/imports.ts';
import type { UploadId } from '#shared/contract/uploads.ts';
import { say } from '#shared/message.ts';
import { fold } from '#shared/text/fold.ts';

/** Changes to a plan, each as a new plan. */

export function withFile(plan: ImportPlan, file: FilePlan): ImportPlan {
  return {
    ...plan,
    files: plan.files.map((other) => (other.uploadId === file.uploadId ? file : other)),
    // Corrections name columns of the file as it was read before.
    corrections: plan.corrections.filter(({ uploadId }) => uploadId !== file.uploadId),
  };
}

export const notChosen = say`Not chosen for the import.`;

/** Leaves a file out, on the person's word. */
export function withoutFile(plan: ImportPlan, uploadId: UploadId): ImportPlan {
  return {
    ...plan,
    files: plan.files.map((file) =>
      file.uploadId === uploadId ? { ...file, object: null, ignoredReason: notChosen } : file,
    ),
  };
}

export function withColumn(
  plan: ImportPlan,
  uploadId: UploadId,
  index: number,
  values: Partial<ColumnPlan>,
): ImportPlan {
  return {
    ...plan,
    files: plan.files.map((file) =>
      file.uploadId === uploadId
        ? {
            ...file,
            columns: file.columns.map((column) =>
              column.index === index ? { ...column, ...values } : column,
            ),
          }
        : file,
    ),
  };
}

export function withOptions(plan: ImportPlan, options: Partial<ImportOptions>): ImportPlan {
  return { ...plan, options: { ...plan.options, ...options } };
}

/** Applies or declines a proposal. `same_letters` applies by itself, so only declining it is said; `similar` is the reverse. */
export function withCorrection(
  plan: ImportPlan,
  { uploadId, column, from, to, kind }: CorrectionProposal,
  isApplied: boolean,
): ImportPlan {
  const others = plan.corrections.filter(
    (other) => other.uploadId !== uploadId || other.column !== column || other.from !== from,
  );
  const isUsual = isApplied === (kind === 'same_letters');
  return {
    ...plan,
    corrections: isUsual ? others : [...others, { uploadId, column, from, to: isApplied ? to : null }],
  };
}

/** Says what a value of a column of choices becomes; null: its rows go into the error file. */
export function withChosenValue(
  plan: ImportPlan,
  { uploadId, column }: Pick<ValueColumn, 'uploadId' | 'column'>,
  from: string,
  to: string | null,
): ImportPlan {
  const known = plan.files
    .find((file) => file.uploadId === uploadId)
    ?.columns.find(({ index }) => index === column)?.chosen;
  const chosen = [...(known ?? []).filter((choice) => choice.from !== from), { from, to }];
  return withColumn(plan, uploadId, column, { chosen });
}

/** Answers a question that the columns' own settings answer; null where another screen must. */
export function withAnswer(plan: ImportPlan, question: ImportQuestion, choice: string): ImportPlan | null {
  const answered = (values: (column: ColumnPlan) => Partial<ColumnPlan>) =>
    plan.files
      .filter(({ uploadId }) => uploadId === question.uploadId)
      .flatMap(({ columns }) => columns.filter(({ index }) => question.columns.includes(index)))
      .reduce((edited, column) => withColumn(edited, question.uploadId, column.index, values(column)), plan);
  switch (question.kind) {
    case 'date_order': {
      const dateOrder = dateOrderSchema.parse(choice);
      return answered(() => ({ dateOrder }));
    }
    case 'decimal_sign': {
      const decimalSign = decimalSignSchema.parse(choice);
      return answered(() => ({ decimalSign }));
    }
    case 'mixed_values':
      return answered(({ target, misfits }) => ({
        misfits: misfits && { ...misfits, isMixed: false },
        target: choice === 'text' && target.kind === 'new_custom' ? { ...target, type: 'text' } : target,
      }));
    case 'header_twice':
      return answered(({ target }) => ({
        isRepeated: false,
        target: choice === 'ignore' ? { kind: 'ignore' } : target,
      }));
    case 'unknown_values':
      return answered(({ chosen }) => ({
        chosen: [...chosen, ...question.values.map((from) => ({ from, to: null }))],
      }));
    default:
      return null;
  }
}

/** A key for a custom field made of a header, as the database takes it. */
export function keyFromHeader(header: string, fallback: number): string {
  const plain = fold(header)
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 63);
  return /^[a-z]/.test(plain) ? plain : `column_${String(fallback + 1)}`;
}

const customTypes: Partial<
  Record<ColumnPlan['detected'], Extract<ColumnTarget, { kind: 'new_custom' }>['type']>
> = {
  email: 'email',
  phone: 'phone',
  url: 'url',
  integer: 'number',
  number: 'number',
  percent: 'number',
  date: 'date',
  boolean: 'boolean',
};

/** A new custom field that fits a column. */
export function newCustomTarget(column: ColumnPlan): ColumnTarget {
  const label = column.header.trim();
  return {
    kind: 'new_custom',
    key: keyFromHeader(column.header, column.index),
    label: label === '' ? `Column ${String(column.index + 1)}` : label.slice(0, 200),
    type: customTypes[column.detected] ?? 'text',
  };
}
