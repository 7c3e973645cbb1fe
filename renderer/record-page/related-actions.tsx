import { useQueryClient } from '@tanstack/react-query';
import { Star, Unlink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../client/queries.ts';
import { queryKeys } from '../client/query-keys.ts';
import { type AnyRecord, titleOf, valueOf } from '../client/record-client.ts';
import { IconButton } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { Tooltip } from '../components/tooltip.tsx';
import { useUpdateField } from '../edits/changes.ts';
import type { Relation } from '../objects/relations.ts';

export interface RelatedActionsProps {
  relation: Relation;
  row: AnyRecord;
  record: AnyRecord;
  canEdit: boolean;
}

/** What can be done with one related record: take it off, or make it the one that this record names. */
export function RelatedActions({ relation, row, record, canEdit }: RelatedActionsProps) {
  const { primary } = relation;
  if (primary) {
    return <Primary relation={relation} primary={primary} row={row} record={record} canEdit={canEdit} />;
  }
  return canEdit ? <TakeOff relation={relation} row={row} /> : null;
}

function Primary({
  relation,
  primary: { object, field, displayKey },
  row,
  record,
  canEdit,
}: RelatedActionsProps & { primary: NonNullable<Relation['primary']> }) {
  const { t } = useTranslation();
  const update = useUpdateField(object);
  const name = titleOf(relation.object, row);
  const isPrimary = valueOf(record, field) === row.id;
  const label = isPrimary ? t(`${relation.texts}.isPrimary`) : t(`${relation.texts}.makePrimary`, { name });
  if (!canEdit && !isPrimary) return null;
  return (
    <Tooltip label={label}>
      <IconButton
        label={label}
        aria-pressed={isPrimary}
        disabled={!canEdit}
        className={classNames(
          isPrimary
            ? 'text-accent-ink! [&_svg]:fill-current disabled:opacity-100!'
            : 'opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100',
        )}
        onClick={() => {
          if (isPrimary) return;
          void update({
            record,
            field,
            value: row.id,
            display: { key: displayKey, name },
            announcement: t(`${relation.texts}.madePrimary`, { name }),
          });
        }}
      >
        <Star aria-hidden />
      </IconButton>
    </Tooltip>
  );
}

function TakeOff({ relation, row }: { relation: Relation; row: AnyRecord }) {
  const { t } = useTranslation();
  const can = useCan();
  const queries = useQueryClient();
  const update = useUpdateField(relation.object);
  const name = titleOf(relation.object, row);
  const label = t('record.related.unlink', { name });
  if (!can(relation.object, 'update')) return null;
  return (
    <Tooltip label={label}>
      <IconButton
        label={label}
        className="opacity-0 group-hover/row:opacity-100 focus-visible:opacity-100"
        onClick={() => {
          const change = {
            record: row,
            field: relation.field,
            value: null,
            display: { key: relation.displayKey, name: null },
            announcement: t('record.related.unlinked', { name }),
          };
          void update(change).then((isSaved) => {
            if (isSaved) void queries.invalidateQueries({ queryKey: queryKeys.records(relation.object) });
          });
        }}
      >
        <Unlink aria-hidden />
      </IconButton>
    </Tooltip>
  );
}
