import { zodResolver } from '@hookform/resolvers/zod';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { WorkspaceStatus } from '#shared/contract/workspace.ts';
import { currencySchema, lineSchema } from '#shared/values.ts';
import { useClient } from '../client/client-context.tsx';
import { Button } from '../components/button.tsx';
import { Combobox } from '../components/combobox.tsx';
import { FormField, TextInput } from '../components/text-input.tsx';
import { currencyOptions, usualCurrency } from '../fields/currencies.ts';
import { useErrorToast } from '../toasts/toasts.tsx';

const formSchema = z.object({
  name: lineSchema.min(1),
  personName: lineSchema.min(1),
  currency: currencySchema,
});

export function NameWorkspace({ onCreated }: { onCreated: (status: WorkspaceStatus) => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const showError = useErrorToast();
  const { register, control, handleSubmit, formState } = useForm({
    resolver: zodResolver(formSchema),
    defaultValues: { name: '', personName: '', currency: usualCurrency() },
  });
  const currencies = currencyOptions();

  const create = handleSubmit(async (values) => {
    try {
      onCreated(await client.workspace.create(values));
    } catch (error) {
      showError(t('firstRun.createFailed'), error);
    }
  });
  const required = (isInvalid: boolean) => (isInvalid ? t('fields.invalid.required') : undefined);

  return (
    <form onSubmit={(event) => void create(event)} noValidate>
      <h1 className="text-2xl font-semibold">{t('firstRun.welcome')}</h1>
      <p className="mt-1 text-base text-ink-muted">{t('firstRun.intro')}</p>
      <div className="mt-8 flex flex-col gap-4">
        <FormField
          label={t('firstRun.name')}
          hint={t('firstRun.nameHint')}
          error={required(Boolean(formState.errors.name))}
        >
          {(field) => <TextInput {...field} {...register('name')} autoFocus className="h-10! text-base" />}
        </FormField>
        <FormField label={t('firstRun.personName')} error={required(Boolean(formState.errors.personName))}>
          {(field) => (
            <TextInput
              {...field}
              {...register('personName')}
              autoComplete="name"
              className="h-10! text-base"
            />
          )}
        </FormField>
        <FormField label={t('firstRun.currency')} hint={t('firstRun.currencyHint')}>
          {({ id }) => (
            <Controller
              control={control}
              name="currency"
              render={({ field }) => (
                <Combobox
                  id={id}
                  label={t('firstRun.currency')}
                  value={field.value}
                  display={
                    <span data-content>
                      {currencies.find(({ value }) => value === field.value)?.label ?? field.value}
                    </span>
                  }
                  options={currencies}
                  onChange={(option) => {
                    if (option) field.onChange(option.value);
                  }}
                  className="h-10! text-base"
                />
              )}
            />
          )}
        </FormField>
      </div>
      <Button
        kind="primary"
        size="large"
        type="submit"
        className="mt-8 w-full"
        disabled={formState.isSubmitting}
      >
        {t('firstRun.continue')}
      </Button>
    </form>
  );
}
