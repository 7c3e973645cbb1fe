import { ChevronDown, ChevronUp, MoreHorizontal, Trash2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionOf, type ObjectName } from '#shared/objects/objects.ts';
import { useWorkspace } from '../client/queries.ts';
import { type AnyRecord, titleOf, valueOf } from '../client/record-client.ts';
import { Avatar } from '../components/avatar.tsx';
import { IconButton } from '../components/button.tsx';
import { Kbd } from '../components/kbd.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../components/menu.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { FieldValue } from '../fields/field-value.tsx';
import { type DisplayField, useFields } from '../fields/fields.ts';
import { formatInteger } from '../format/format.ts';
import type { Neighbour, Neighbours } from '../navigation/list-trail.ts';
import { useScreenObject } from '../objects/define.ts';
import { keysOf } from '../shortcuts/registry.ts';

export interface RecordHeaderProps {
  object: ObjectName;
  record: AnyRecord;
  /** Null where the record was not opened from a list. */
  neighbours: Neighbours | null;
  onOpen: (neighbour: Neighbour) => void;
  onEdit: (field: string) => void;
  canEdit: boolean;
  /** Given when the person may trash the record. */
  onTrash: (() => void) | null;
  onRestore: (() => void) | null;
  children?: ReactNode;
}

export function RecordHeader(props: RecordHeaderProps) {
  const { object, record, neighbours, onOpen, onEdit, canEdit } = props;
  const { t } = useTranslation();
  const { currency } = useWorkspace().workspace;
  const { facts, isSquare } = useScreenObject(object);
  const fields = useFields(object);
  const shown = facts
    .map((key) => fields.find((field) => field.key === key))
    .filter((field): field is DisplayField => field !== undefined)
    .filter(({ key }) => {
      const value = valueOf(record, key);
      return value !== null && value !== '' && value !== false;
    });
  const { title } = definitionOf(object);
  const titleField = fields.find(({ key }) => key === title);
  const editsTitle = canEdit && titleField?.isReadOnly !== true;
  const name = titleOf(object, record);

  return (
    <header className="shrink-0 border-b border-line px-5 pt-3 pb-3">
      <div className="flex items-center gap-3">
        <Avatar name={name} isSquare={isSquare} size={24} />
        <h1 className="-ml-1 min-w-0 text-lg font-semibold">
          {editsTitle ? (
            <button
              type="button"
              onClick={() => onEdit(title)}
              dir="auto"
              className="block max-w-full truncate rounded-sm px-1 text-left hover:bg-hover"
              data-content
            >
              {name}
            </button>
          ) : (
            <span dir="auto" className="block truncate px-1 text-left" data-content>
              {name === '' ? t('common.unnamed') : name}
            </span>
          )}
        </h1>
        <div className="ml-auto flex shrink-0 items-center gap-1">
          {neighbours ? <Neighbouring neighbours={neighbours} onOpen={onOpen} /> : null}
          <RecordMenu onTrash={props.onTrash} onRestore={props.onRestore} />
        </div>
      </div>
      {shown.length > 0 ? (
        <dl className="mt-2 flex h-9 flex-wrap gap-x-7 overflow-hidden" aria-label={t('record.facts')}>
          {shown.map((field) => (
            <div key={field.key} className="min-w-0">
              <dt className="text-xs text-ink-faint">{field.label}</dt>
              <dd className="flex h-5 min-w-0 max-w-60 items-center font-medium">
                <FieldValue field={field} record={record} currency={currency} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {props.children}
    </header>
  );
}

function Neighbouring({
  neighbours,
  onOpen,
}: {
  neighbours: Neighbours;
  onOpen: (neighbour: Neighbour) => void;
}) {
  const { t } = useTranslation();
  const { index, total, previous, next } = neighbours;
  return (
    <>
      {total ? (
        <span className="px-1 text-xs whitespace-nowrap text-ink-faint tabular-nums" data-testid="position">
          {t('record.position', {
            position: index + 1,
            // What was counted a while ago, or guessed, is never less than where one stands.
            total: `${total.isEstimate ? '~' : ''}${formatInteger(Math.max(total.count, index + 1))}`,
          })}
        </span>
      ) : null}
      <Tooltip label={t('record.previous')} keys={keysOf('recordPrevious')}>
        <IconButton
          label={t('record.previous')}
          disabled={previous === null}
          onClick={() => previous && onOpen(previous)}
        >
          <ChevronUp aria-hidden />
        </IconButton>
      </Tooltip>
      <Tooltip label={t('record.next')} keys={keysOf('recordNext')}>
        <IconButton label={t('record.next')} disabled={next === null} onClick={() => next && onOpen(next)}>
          <ChevronDown aria-hidden />
        </IconButton>
      </Tooltip>
    </>
  );
}

function RecordMenu({ onTrash, onRestore }: Pick<RecordHeaderProps, 'onTrash' | 'onRestore'>) {
  const { t } = useTranslation();
  if (!onTrash && !onRestore) return null;
  return (
    <Menu modal={false}>
      <MenuTrigger asChild>
        <IconButton label={t('record.actions')}>
          <MoreHorizontal aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        {onRestore ? (
          <MenuItem onSelect={onRestore}>
            <Undo2 aria-hidden />
            {t('record.restore')}
          </MenuItem>
        ) : null}
        {onTrash ? (
          <MenuItem onSelect={onTrash} isDestructive>
            <Trash2 aria-hidden />
            <span className="flex-1">{t('record.moveToTrash')}</span>
            <Kbd keys={keysOf('trash')} />
          </MenuItem>
        ) : null}
      </MenuContent>
    </Menu>
  );
}
