import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { isObject, type ReferenceTarget } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { recordClient, titleOf } from '../client/record-client.ts';
import type { ComboboxOption } from '../components/combobox.tsx';
import { tellingText } from './telling-values.ts';

/** The records a reference may point at, looked up as a person types. */
export function useReferenceOptions(target: ReferenceTarget, isOpen: boolean) {
  const client = useClient();
  const [search, setSearch] = useState('');
  const text = search.trim();
  const query = useQuery({
    queryKey: isObject(target) ? queryKeys.options(target, text) : ['workspace', 'options', text],
    queryFn: async ({ signal }): Promise<ComboboxOption[]> => {
      if (!isObject(target)) {
        const people = await client.workspace.people(text ? { search: text } : {}, { signal });
        return people.map(({ id, fullName, teamName }) => ({
          value: id,
          label: fullName,
          hint: teamName,
          isContent: true,
        }));
      }
      const { rows } = await recordClient(client, target).list(
        { limit: 20, ...(text ? { search: text } : {}) },
        { signal },
      );
      return rows.map((record) => ({
        value: record.id,
        label: titleOf(target, record),
        hint: tellingText(target, record),
        isContent: true,
      }));
    },
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  return { options: query.data ?? [], isLoading: query.isFetching, setSearch };
}
