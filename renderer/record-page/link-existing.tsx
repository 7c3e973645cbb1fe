import { useQueryClient } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { recordClient } from '../client/record-client.ts';
import { Button } from '../components/button.tsx';
import { Combobox, type ComboboxOption } from '../components/combobox.tsx';
import { useUpdateField } from '../edits/changes.ts';
import { useErrorToast } from '../edits/toasts.tsx';
import { useReferenceOptions } from '../fields/reference-options.ts';
import type { NamedRecord, Relation } from '../objects/relations.ts';

/** Finds a record that exists and makes it belong to this one. */
export function LinkExisting({ relation, target }: { relation: Relation; target: NamedRecord }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { options, isLoading, setSearch } = useReferenceOptions(relation.object, isOpen);
  const link = useLink(relation, target);
  const label = t('record.related.linkExisting');
  return (
    <Combobox
      label={label}
      value={null}
      display={null}
      options={options.filter(({ value }) => value !== target.id)}
      isLoading={isLoading}
      onSearch={setSearch}
      isOpen={isOpen}
      onOpenChange={setOpen}
      onChange={(option) => option && void link(option)}
      trigger={
        <Button size="small">
          <Link2 aria-hidden />
          {label}
        </Button>
      }
    />
  );
}

function useLink(relation: Relation, target: NamedRecord) {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const update = useUpdateField(relation.object);
  const showError = useErrorToast();
  return async (option: ComboboxOption) => {
    try {
      const record = await recordClient(client, relation.object).get({ id: option.value });
      const isSaved = await update({
        record,
        field: relation.field,
        value: target.id,
        display: { key: relation.displayKey, name: target.name },
        announcement: t('record.related.linked', { name: option.label }),
      });
      if (isSaved) await queries.invalidateQueries({ queryKey: queryKeys.records(relation.object) });
    } catch (error) {
      showError(t('common.saveFailed'), error);
    }
  };
}
