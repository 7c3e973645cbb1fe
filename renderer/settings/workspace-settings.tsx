import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useController, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { z } from 'zod';
import { currencySchema, lineSchema, localeInputSchema, timezoneInputSchema } from '#shared/values.ts';
import { useClient } from '../client/client-context.tsx';
import { useMay, useWorkspace } from '../client/queries.ts';
import { queryKeys } from '../client/query-keys.ts';
import { Button } from '../components/button.tsx';
import { FormField, TextInput } from '../components/text-input.tsx';
import { useErrorToast } from '../edits/toasts.tsx';
import { ChoiceField } from '../fields/choice-field.tsx';
import { CurrencyField } from '../fields/currency-field.tsx';
import { localeOptions, timeZoneOptions } from './region-options.ts';
import { SettingsPage } from './settings-page.tsx';

const formSchema = z.object({
  name: lineSchema.min(1),
  currency: currencySchema,
  timezone: timezoneInputSchema,
  locale: localeInputSchema,
});

/** What the workspace is called, the currency of amounts that name none, and where it counts its days. */
export function WorkspaceSettings() {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const { workspace } = useWorkspace();
  const mayChange = useMay('workspace:update');
  const showError = useErrorToast();
  const { register, control, handleSubmit, formState, reset } = useForm({
    resolver: zodResolver(formSchema),
    values: {
      name: workspace.name,
      currency: workspace.currency,
      timezone: workspace.timezone,
      locale: workspace.locale,
    },
    // What somebody else saves meanwhile does not take away what is being typed.
    resetOptions: { keepDirtyValues: true },
  });
  const currency = useController({ control, name: 'currency' });
  const timezone = useController({ control, name: 'timezone' });
  const locale = useController({ control, name: 'locale' });
  const save = handleSubmit(async (values) => {
    try {
      reset(await client.workspace.update(values));
      await queries.invalidateQueries({ queryKey: queryKeys.status() });
      toast.success(t('settings.workspace.saved'));
    } catch (error) {
      showError(t('settings.workspace.saveFailed'), error);
    }
  });

  return (
    <SettingsPage
      title={t('settings.workspace.title')}
      text={t('settings.workspace.text')}
      isReadOnly={!mayChange}
    >
      <form onSubmit={(event) => void save(event)} noValidate className="flex max-w-100 flex-col gap-4">
        <FormField
          label={t('settings.workspace.name')}
          error={formState.errors.name ? t('fields.invalid.required') : undefined}
        >
          {(field) => <TextInput {...field} {...register('name')} disabled={!mayChange} maxLength={1_000} />}
        </FormField>
        <CurrencyField
          label={t('settings.workspace.currency')}
          hint={t('settings.workspace.currencyHint')}
          value={currency.field.value}
          onChange={currency.field.onChange}
          isDisabled={!mayChange}
        />
        <ChoiceField
          label={t('settings.workspace.timezone')}
          hint={t('settings.workspace.timezoneHint')}
          value={timezone.field.value}
          options={timeZoneOptions()}
          onChange={timezone.field.onChange}
          isDisabled={!mayChange}
        />
        <ChoiceField
          label={t('settings.workspace.locale')}
          hint={t('settings.workspace.localeHint')}
          value={locale.field.value}
          options={localeOptions()}
          onChange={locale.field.onChange}
          isDisabled={!mayChange}
        />
        {mayChange ? (
          <div className="flex gap-2">
            <Button kind="primary" type="submit" disabled={!formState.isDirty || formState.isSubmitting}>
              {t('common.save')}
            </Button>
            {formState.isDirty ? (
              <Button kind="quiet" onClick={() => reset()}>
                {t('settings.discard')}
              </Button>
            ) : null}
          </div>
        ) : null}
      </form>
    </SettingsPage>
  );
}
