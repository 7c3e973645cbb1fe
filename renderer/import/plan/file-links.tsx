import { Check, Link2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { importTargets } from '#shared/contract/import-targets.ts';
import {
  type ColumnPlan,
  type FilePlan,
  type ImportPlan,
  type ImportPreview,
  onMissingLinkSchema,
} from '#shared/contract/imports.ts';
import { SelectMenu } from '../../components/select-menu.tsx';
import { changePlan } from '../import-state.ts';
import { withColumn } from './plan-edits.ts';
import { PlanSection } from './plan-section.tsx';

type Missing = ImportPreview['missingLinks'][number];

/** The columns that name records of other files or of the workspace, and what happens to names nobody knows. */
export function FileLinks({
  plan,
  missing,
  isKnown,
}: {
  plan: ImportPlan;
  missing: readonly Missing[];
  isKnown: boolean;
}) {
  const { t } = useTranslation();
  const links = plan.files.flatMap((file) =>
    file.object === null
      ? []
      : file.columns.filter(({ target }) => target.kind === 'link').map((column) => ({ file, column })),
  );
  if (links.length === 0) return null;
  return (
    <PlanSection title={t('imports.links.title')}>
      <ul className="divide-y divide-line rounded-lg border border-line">
        {links.map(({ file, column }) => (
          <LinkRow
            key={`${file.uploadId}-${String(column.index)}`}
            file={file}
            column={column}
            isKnown={isKnown}
            missing={missing.find((each) => each.uploadId === file.uploadId && each.column === column.index)}
          />
        ))}
      </ul>
    </PlanSection>
  );
}

interface LinkRowProps {
  file: FilePlan;
  column: ColumnPlan;
  missing: Missing | undefined;
  isKnown: boolean;
}

function LinkRow({ file, column, missing, isKnown }: LinkRowProps) {
  const { t } = useTranslation();
  const { target } = column;
  if (target.kind !== 'link' || file.object === null) return null;
  const named = importTargets(file.object).links.find(({ key }) => key === target.field)?.target;
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
      <Link2 aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <span className="min-w-0 flex-1">
        <span className="font-medium" data-content>
          {t('imports.links.to', { header: column.header, file: file.fileName })}
        </span>
        <span className="ml-2 text-ink-muted">
          {named ? t('imports.links.names', { target: t(`objects.${named}.many`) }) : null}
        </span>
        {missing ? (
          <span className="block text-xs text-warning">
            {t('imports.links.missing', { count: missing.distinct })}{' '}
            {t('imports.links.inRows', { count: missing.rows })}
            <span className="ml-2 text-ink-faint" data-content>
              {missing.samples.slice(0, 4).join(', ')}
            </span>
          </span>
        ) : null}
      </span>
      {missing ? (
        <SelectMenu
          label={t('imports.links.whatThen')}
          value={target.onMissing}
          options={onMissingLinkSchema.options.map((value) => ({
            value,
            label: t(`imports.onMissings.${value}`),
          }))}
          onChange={(onMissing) =>
            changePlan((plan) =>
              withColumn(plan, file.uploadId, column.index, { target: { ...target, onMissing } }),
            )
          }
        />
      ) : isKnown ? (
        <span className="flex items-center gap-1.5 text-xs text-success">
          <Check aria-hidden className="size-3.5" />
          {t('imports.links.resolved')}
        </span>
      ) : null}
    </li>
  );
}
