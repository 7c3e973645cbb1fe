import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/client-context.tsx';
import { useCan, useRecordQuery, useWorkspace } from '../client/queries.ts';
import { type AnyRecord, recordClient, titleOf, valueOf } from '../client/record-client.ts';
import { Button } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { EmptyState } from '../components/empty-state.tsx';
import { ErrorState } from '../components/error-state.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { fieldsWithCents } from '../fields/cents.ts';
import { FieldValue, isRightAligned } from '../fields/field-value.tsx';
import { type DisplayField, useFields } from '../fields/fields.ts';
import { usualWidth } from '../grid/list-definition.ts';
import { openCreate } from '../navigation/create-state.ts';
import { RecordLink } from '../navigation/record-link.tsx';
import { type TabPart, useScreenObject } from '../objects/define.ts';
import { type Relation, scopeOf } from '../objects/relations.ts';
import { LinkExisting } from './link-existing.tsx';
import { RelatedActions } from './related-actions.tsx';
import { relatedPageSize, relatedQueryKey } from './related-query.ts';

export interface RelatedRecordsProps {
  relation: Relation;
  /** The record whose page shows them. */
  record: AnyRecord;
  canEdit: boolean;
}

/** One relation of a record: a table of what it holds, with adding, linking and taking off. */
export function RelatedRecords({ relation, record, canEdit }: RelatedRecordsProps) {
  const { t } = useTranslation();
  const can = useCan();
  const [partName, setPartName] = useState(relation.parts[0]?.name);
  const part = relation.parts.find(({ name }) => name === partName);
  const { target } = relation;
  const create = () =>
    openCreate({
      object: relation.object,
      values: target ? { [relation.field]: target.id } : {},
      displays: target ? { [relation.field]: target.name } : {},
    });

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-4">
        {part ? <PartSwitch relation={relation} value={part} onChange={setPartName} /> : null}
        <div className="ml-auto flex gap-2">
          {canEdit && target && can(relation.object, 'update') ? (
            <LinkExisting relation={relation} target={target} />
          ) : null}
          {canEdit && can(relation.object, 'create') ? (
            <Button size="small" onClick={create}>
              <Plus aria-hidden />
              {t('record.related.addNew')}
            </Button>
          ) : null}
        </div>
      </div>
      <div className="min-h-0 flex-1 overflow-auto">
        {target ? (
          <RelatedTable
            relation={relation}
            targetId={target.id}
            record={record}
            canEdit={canEdit}
            part={part}
          />
        ) : (
          <PrimaryOnly relation={relation} record={record} />
        )}
      </div>
    </div>
  );
}

interface PartSwitchProps {
  relation: Relation;
  value: TabPart;
  onChange: (name: string) => void;
}

function PartSwitch({ relation, value, onChange }: PartSwitchProps) {
  const { t } = useTranslation();
  return (
    <div role="group" className="flex rounded-md border border-line p-0.5">
      {relation.parts.map(({ name }) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === value.name}
          onClick={() => onChange(name)}
          className={classNames(
            'h-6 rounded-sm px-2 text-xs',
            name === value.name ? 'bg-pressed font-medium' : 'text-ink-muted hover:text-ink',
          )}
        >
          {t(`objects.${relation.object}.parts.${name}`)}
        </button>
      ))}
    </div>
  );
}

interface RelatedTableProps {
  relation: Relation;
  targetId: string;
  record: AnyRecord;
  canEdit: boolean;
  part: TabPart | undefined;
}

function RelatedTable({ relation, targetId, record, canEdit, part }: RelatedTableProps) {
  const { t } = useTranslation();
  const client = useClient();
  const scope = scopeOf(relation, targetId, part);
  const pages = useInfiniteQuery({
    queryKey: relatedQueryKey(relation.object, scope),
    queryFn: ({ pageParam, signal }) =>
      recordClient(client, relation.object).list(
        {
          ...scope,
          sort: [...relation.sort],
          limit: relatedPageSize,
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  if (pages.isPending) return <TableSkeleton />;
  if (pages.isError) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  const rows = pages.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <NothingRelated relation={relation} />;
  return (
    <>
      <RowsTable relation={relation} rows={rows} record={record} canEdit={canEdit} />
      {pages.hasNextPage ? (
        <div className="p-3 text-center">
          <Button
            size="small"
            kind="quiet"
            disabled={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            {t('record.related.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Pixels of the column with what can be done to a row. */
const actionsWidth = 56;
/** Pixels; a table beside the fields has less room than a list. */
const widestRelated = 200;

interface RowsTableProps {
  relation: Relation;
  rows: readonly AnyRecord[];
  record: AnyRecord;
  canEdit: boolean;
}

function RowsTable({ relation, rows, record, canEdit }: RowsTableProps) {
  const { t } = useTranslation();
  const { currency } = useWorkspace().workspace;
  const screen = useScreenObject(relation.object);
  const fields = useFields(relation.object);
  const columns = relation.columns
    .map((key) => fields.find((field) => field.key === key))
    .filter((field): field is DisplayField => field !== undefined);
  // As wide as its columns need: a narrow window scrolls sideways below the name instead of cutting every value.
  const widthOf = (field: DisplayField) => Math.min(usualWidth(screen, field), widestRelated);
  const withCents = fieldsWithCents(columns, rows);
  const width = columns.reduce((sum, field) => sum + widthOf(field), actionsWidth);
  return (
    <table
      className="w-full table-fixed border-separate border-spacing-0 text-left"
      style={{ minWidth: width }}
    >
      <colgroup>
        {columns.map((field) => (
          <col key={field.key} style={{ width: widthOf(field) }} />
        ))}
        <col style={{ width: actionsWidth }} />
      </colgroup>
      <thead>
        <tr className="h-8 text-xs text-ink-faint">
          {columns.map((field, index) => (
            <th
              key={field.key}
              scope="col"
              className={classNames(
                'sticky top-0 truncate border-b border-line bg-surface px-2 font-medium first:pl-4',
                index === 0 ? 'left-0 z-20' : 'z-10',
                isRightAligned(field) && 'text-right',
              )}
            >
              {field.label}
            </th>
          ))}
          <th scope="col" className="sticky top-0 z-10 border-b border-line bg-surface">
            <span className="sr-only">{t('record.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} className="group/row h-9 bg-surface hover:bg-hover">
            {columns.map((field, index) => (
              <td
                key={field.key}
                className={classNames(
                  'truncate border-b border-line px-2 first:pl-4',
                  index === 0 && 'sticky left-0 bg-inherit',
                  isRightAligned(field) ? 'text-right' : 'text-left',
                )}
              >
                {index === 0 ? (
                  <RecordLink
                    object={relation.object}
                    id={row.id}
                    dir="auto"
                    className="block truncate text-left font-medium hover:underline focus-visible:-outline-offset-2"
                    data-content
                  >
                    {titleOf(relation.object, row) || t('common.unnamed')}
                  </RecordLink>
                ) : (
                  <FieldValue
                    field={field}
                    record={row}
                    currency={currency}
                    moneyDecimals={withCents.includes(field.key) ? 'always' : 'asNeeded'}
                  />
                )}
              </td>
            ))}
            <td className="border-b border-line pr-3 text-right">
              <RelatedActions relation={relation} row={row} record={record} canEdit={canEdit} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Without the record in between, such as an opportunity's account, one of them may still be named. */
function PrimaryOnly({ relation, record }: { relation: Relation; record: AnyRecord }) {
  const id = relation.primary ? valueOf(record, relation.primary.field) : null;
  return typeof id === 'string' ? (
    <PrimaryRow relation={relation} record={record} id={id} />
  ) : (
    <NothingRelated relation={relation} />
  );
}

function PrimaryRow({ relation, record, id }: { relation: Relation; record: AnyRecord; id: string }) {
  const primary = useRecordQuery(relation.object, id);
  if (primary.isPending) return <TableSkeleton />;
  if (primary.isError) return <ErrorState error={primary.error} onRetry={() => void primary.refetch()} />;
  return <RowsTable relation={relation} rows={[primary.data]} record={record} canEdit={false} />;
}

function NothingRelated({ relation }: { relation: Relation }) {
  const { t } = useTranslation();
  const { icon } = useScreenObject(relation.object);
  return <EmptyState icon={icon} title={t(`${relation.texts}.title`)} text={t(`${relation.texts}.text`)} />;
}

function TableSkeleton() {
  return (
    <div aria-busy="true" className="space-y-3 p-4">
      {[70, 55, 62, 48].map((width) => (
        <div key={width} style={{ width: `${String(width)}%` }}>
          <Skeleton className="h-4 w-full" />
        </div>
      ))}
    </div>
  );
}
