import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { importTargets } from '#shared/contract/import-targets.ts';
import type { ImportOptions, ImportPlan } from '#shared/contract/imports.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { classNames } from '../../components/class-names.ts';
import { Radio } from '../../components/radio.tsx';
import { TextInput } from '../../components/text-input.tsx';
import { changePlan } from '../import-state.ts';
import { withOptions } from './plan-edits.ts';
import { PlanSection } from './plan-section.tsx';

const duplicates = ['update', 'skip', 'create'] as const;
const trashed = ['restore', 'skip', 'create'] as const;
const missingAccounts = ['reject', 'placeholder'] as const;

/** What happens to rows that are duplicates, or that name no account. */
export function OptionsForm({
  plan,
  rowsWithoutAccount,
}: {
  plan: ImportPlan;
  /** Undefined until the preview tells. */
  rowsWithoutAccount: number | undefined;
}) {
  const { t } = useTranslation();
  const { options } = plan;
  const nameId = useId();
  const set = (values: Partial<ImportOptions>) => changePlan((current) => withOptions(current, values));
  const canLackLinks = plan.files.some(
    ({ object }) => object !== null && importTargets(object).needsOneOf.length > 0,
  );
  return (
    <PlanSection title={t('imports.options.title')}>
      <div className="divide-y divide-line rounded-lg border border-line">
        {canLackLinks && rowsWithoutAccount !== 0 ? (
          <Choice
            label={
              rowsWithoutAccount === undefined
                ? t('imports.options.onMissingAccount')
                : t('imports.options.onMissingAccountRows', { count: rowsWithoutAccount })
            }
            hint={t('imports.options.missingAccountHint')}
            value={options.onMissingAccount}
            choices={missingAccounts.map((value) => ({
              value,
              label: t(`imports.options.onMissingAccounts.${value}`),
            }))}
            onChange={(onMissingAccount) => set({ onMissingAccount })}
          >
            {options.onMissingAccount === 'placeholder' ? (
              <div className="mt-2 max-w-80">
                <label htmlFor={nameId} className="text-xs text-ink-muted">
                  {t('imports.options.placeholderName')}
                </label>
                <TextInput
                  id={nameId}
                  value={options.placeholderAccountName}
                  maxLength={1_000}
                  onChange={(event) => set({ placeholderAccountName: event.target.value })}
                />
              </div>
            ) : null}
          </Choice>
        ) : null}
        <Choice
          label={t('imports.options.onDuplicate')}
          value={options.onDuplicate}
          choices={duplicates.map((value) => ({ value, label: t(`imports.options.onDuplicates.${value}`) }))}
          onChange={(onDuplicate) => set({ onDuplicate })}
        >
          {options.onDuplicate === 'update' ? (
            <label className="mt-2 flex items-center gap-2 text-ink-muted">
              <Checkbox
                checked={options.eraseWithEmpty}
                onCheckedChange={(checked) => set({ eraseWithEmpty: checked })}
              />
              {t('imports.options.eraseWithEmpty')}
            </label>
          ) : null}
        </Choice>
        <Choice
          label={t('imports.options.onTrashed')}
          value={options.onTrashed}
          choices={trashed.map((value) => ({ value, label: t(`imports.options.onTrasheds.${value}`) }))}
          onChange={(onTrashed) => set({ onTrashed })}
        />
      </div>
    </PlanSection>
  );
}

function Choice<Value extends string>({
  label,
  hint,
  value,
  choices,
  onChange,
  children,
}: {
  label: string;
  hint?: string;
  value: Value;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  children?: ReactNode;
}) {
  const name = useId();
  return (
    <fieldset className="px-4 py-3">
      <legend className="float-left w-full font-medium">{label}</legend>
      <div className="clear-both flex flex-wrap gap-x-5 gap-y-1 pt-1.5">
        {choices.map((choice) => (
          <label key={choice.value} className="flex items-center gap-2">
            <Radio name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
            <span className={classNames(choice.value !== value && 'text-ink-muted')}>{choice.label}</span>
          </label>
        ))}
      </div>
      {children}
      {hint ? <p className="mt-1.5 text-xs text-ink-faint">{hint}</p> : null}
    </fieldset>
  );
}
