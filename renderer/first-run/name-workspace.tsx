import { zodResolver } from '@hookform/resolvers/zod';
import { useController, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { WorkspaceStatus } from '#shared/contract/workspace.ts';
import { machineRegion } from '#shared/time-zones.ts';
import { currencySchema, lineSchema } from '#shared/values.ts';
import { useClient } from '../client/client-context.tsx';
import { Button } from '../components/button.tsx';
import { FormField, TextInput } from '../components/text-input.tsx';
import { useErrorToast } from '../edits/toasts.tsx';
import { usualCurrency } from '../fields/currencies.ts';
import { CurrencyField } from '../fields/currency-field.tsx';

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
  const currency = useController({ control, name: 'currency' });

  const create = handleSubmit(async (values) => {
    try {
      onCreated(await client.workspace.create({ ...values, ...machineRegion() }));
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
        <CurrencyField
          label={t('firstRun.currency')}
          hint={t('firstRun.currencyHint')}
          value={currency.field.value}
          onChange={currency.field.onChange}
          className="h-10! text-base"
        />
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
