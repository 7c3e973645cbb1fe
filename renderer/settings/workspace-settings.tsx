import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { z } from 'zod';
import { currencySchema, lineSchema } from '#shared/values.ts';
import { useClient } from '../client/client-context.tsx';
import { useMay, useWorkspace } from '../client/queries.ts';
import { queryKeys } from '../client/query-keys.ts';
import { Button } from '../components/button.tsx';
import { Combobox } from '../components/combobox.tsx';
import { FormField, TextInput } from '../components/text-input.tsx';
import { currencyOptions } from '../fields/currencies.ts';
import { useErrorToast } from '../toasts/toasts.tsx';
import { SettingsPage } from './settings-page.tsx';

const formSchema = z.object({ name: lineSchema.min(1), currency: currencySchema });

/** What the workspace is called, and the currency of amounts that name none. */
export function WorkspaceSettings() {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const { workspace } = useWorkspace();
  const mayChange = useMay('workspace:update');
  const showError = useErrorToast();
  const { register, control, handleSubmit, formState, reset } = useForm({
    resolver: zodResolver(formSchema),
    values: { name: workspace.name, currency: workspace.currency },
    // What somebody else saves meanwhile does not take away what is being typed.
    resetOptions: { keepDirtyValues: true },
  });
  const currencies = currencyOptions();
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
        <FormField label={t('settings.workspace.currency')} hint={t('settings.workspace.currencyHint')}>
          {({ id }) => (
            <Controller
              control={control}
              name="currency"
              render={({ field }) => (
                <Combobox
                  id={id}
                  label={t('settings.workspace.currency')}
                  value={field.value}
                  display={
                    <span data-content>
                      {currencies.find(({ value }) => value === field.value)?.label ?? field.value}
                    </span>
                  }
                  options={currencies}
                  isDisabled={!mayChange}
                  onChange={(option) => {
                    if (option) field.onChange(option.value);
                  }}
                />
              )}
            />
          )}
        </FormField>
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
