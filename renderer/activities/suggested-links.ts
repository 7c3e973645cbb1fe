import { useQuery } from '@tanstack/react-query';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import type { DraftLink } from './activity-draft.ts';

const suggestedPeople = 4;

/** The records around the one of the page: the account and contact it names, and people of the account. */
export function useSuggestedLinks(
  object: ObjectName,
  record: AnyRecord,
  isEnabled: boolean,
): readonly DraftLink[] {
  const client = useClient();
  const account = object === 'accounts' ? null : namedBy(record, 'accounts', 'accountId', 'accountName');
  const contact = object === 'opportunities' ? namedBy(record, 'contacts', 'contactId', 'contactName') : null;
  const accountId = object === 'accounts' ? record.id : (account?.id ?? null);
  const wantsPeople = isEnabled && accountId !== null && object !== 'contacts';
  const scope = {
    filter: {
      join: 'and' as const,
      conditions: [{ field: 'accountId', operator: 'is' as const, values: [accountId ?? ''] }],
    },
  };
  const { data } = useQuery({
    queryKey: [...queryKeys.records('contacts'), 'suggested', accountId],
    queryFn: ({ signal }) =>
      client.contacts.list(
        { ...scope, sort: [{ field: 'updatedAt', direction: 'desc' }], limit: suggestedPeople },
        { signal },
      ),
    enabled: wantsPeople,
  });
  const people = (wantsPeople ? (data?.rows ?? []) : [])
    .filter(({ id }) => id !== contact?.id)
    .map(({ id, name }): DraftLink => ({ object: 'contacts', id, name }));
  return [account, contact].filter((link) => link !== null).concat(people);
}

function namedBy(
  record: AnyRecord,
  object: DraftLink['object'],
  idKey: string,
  nameKey: string,
): DraftLink | null {
  const id = valueOf(record, idKey);
  const name = valueOf(record, nameKey);
  return typeof id === 'string' && typeof name === 'string' ? { object, id, name } : null;
}
