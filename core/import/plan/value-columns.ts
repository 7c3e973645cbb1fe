import { type ImportObject, importDefinition } from '#shared/contract/import-targets.ts';
import type {
  ColumnPlan,
  FilePlan,
  ImportPlan,
  ImportReport,
  ValueColumn,
} from '#shared/contract/imports.ts';
import type { Choices } from '../../objects/import-module.ts';
import type { ImportContext } from '../run/import-context.ts';
import { choicesOf, readValue, type ValueReading } from '../values/choices.ts';

/** What a plan has to know of its workspace to read columns of choices. */
export type PlanVocabulary = Pick<ImportContext, 'labels' | 'customFields'>;

interface Found {
  readonly column: ColumnPlan;
  readonly choices: Choices;
  readonly values: readonly (ValueReading & { readonly from: string; readonly rows: number })[];
}

/** The columns of a file that fill fields of choices, with what each of their values becomes. */
export function choiceColumns(
  file: FilePlan,
  object: ImportObject,
  { labels, customFields }: PlanVocabulary,
): Found[] {
  return file.columns.flatMap((column) => {
    const choices = choicesOf(object, column.target, {
      labels: labels.get(object) ?? new Map(),
      customFields: customFields.get(object) ?? new Map(),
    });
    if (!choices) return [];
    const values = (column.distinct ?? []).map(({ value, rows }) => ({
      from: value,
      rows,
      ...readValue(choices, column.chosen, value),
    }));
    return [{ column, choices, values }];
  });
}

/** The same of a whole plan, as the interface shows it. */
export function valueColumns(plan: ImportPlan, vocabulary: PlanVocabulary): ValueColumn[] {
  return plan.files.flatMap((file) => {
    const { object, uploadId, fileName } = file;
    if (object === null) return [];
    return choiceColumns(file, object, vocabulary).map(({ column, choices, values }) => ({
      uploadId,
      fileName,
      column: column.index,
      header: column.header,
      optionsName: optionsNameOf(object, column, choices),
      options: [...choices.options],
      values: [...values],
    }));
  });
}

function optionsNameOf(object: ImportObject, { target }: ColumnPlan, { field }: Choices): string | null {
  if (target.kind !== 'field') return null;
  const filled = field ?? target.field;
  return importDefinition(object).fieldList.find(({ key }) => key === filled)?.optionsName ?? null;
}

/** Values that were not read by the name of the choice they became. */
export function valuesReadAs(plan: ImportPlan, vocabulary: PlanVocabulary): ImportReport['values'] {
  return valueColumns(plan, vocabulary).flatMap(({ fileName, header, optionsName, options, values }) =>
    values.flatMap(({ from, to, rows, how }) =>
      to !== null && (how === 'synonym' || how === 'chosen')
        ? [{ fileName, header, optionsName, from, to, label: labelOf(options, to), rows }]
        : [],
    ),
  );
}

function labelOf(options: ValueColumn['options'], value: string): string | null {
  return options.find((option) => option.value === value)?.label ?? null;
}
