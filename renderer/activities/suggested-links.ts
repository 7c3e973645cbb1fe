import { useQueries } from '@tanstack/react-query';
import { definitionOf, fieldsOf, isObject, type ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { type AnyRecord, recordClient, titleOf } from '../client/record-client.ts';
import { useScreenObjects } from '../objects/define.ts';
import { namedBy, relationsOf, scopeOf } from '../objects/relations.ts';
import type { DraftLink } from './activity-draft.ts';

const suggestedOfEach = 4;

/** The records around the one of the page: those it names, and the latest of those that belong to it. */
export function useSuggestedLinks(
  object: ObjectName,
  record: AnyRecord,
  isEnabled: boolean,
): readonly DraftLink[] {
  const client = useClient();
  const screens = useScreenObjects();
  const named = screens[object].suggestedLinks.flatMap((key): DraftLink[] => {
    const target = fieldsOf(object).find((field) => field.key === key)?.target;
    const link = namedBy(object, record, key);
    return link && link.name !== '' && isObject(target) ? [{ object: target, ...link }] : [];
  });
  const relations = relationsOf(screens, object, record).filter(
    ({ isSuggested, object: related }) => isSuggested && definitionOf(related).hasActivities,
  );
  const found = useQueries({
    queries: relations.map((relation) => ({
      queryKey: [
        ...queryKeys.records(relation.object),
        'suggested',
        relation.field,
        relation.target?.id ?? null,
      ],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        recordClient(client, relation.object).list(
          {
            ...scopeOf(relation, relation.target?.id ?? ''),
            sort: [{ field: 'updatedAt', direction: 'desc' }],
            limit: suggestedOfEach,
          },
          { signal },
        ),
      enabled: isEnabled && relation.target !== null,
    })),
  });
  const related = relations.flatMap(({ object: of, target }, index) =>
    (isEnabled && target ? (found[index]?.data?.rows ?? []) : []).map(
      (row): DraftLink => ({ object: of, id: row.id, name: titleOf(of, row) }),
    ),
  );
  return [...named, ...related.filter(({ id }) => !named.some((link) => link.id === id))];
}
