import { ArrowRight, History, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TimelineEntry } from '#shared/contract/timeline.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useRecordQuery, useWorkspace } from '../client/queries.ts';
import { IconButton } from '../components/button.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { useUndo } from '../edits/toasts.tsx';
import { useFields } from '../fields/fields.ts';
import { currencyOf } from '../fields/value-text.ts';
import { formatTime } from '../format/format.ts';
import { ChangedValue } from './changed-value.tsx';
import { type ShownChange, shownChanges } from './shown-changes.ts';

type Change = Extract<TimelineEntry, { kind: 'change' }>;

/** Fields shown of one entry before it is cut short. */
const shownFields = 8;

/** What somebody changed on the record within a short while. */
export function ChangeEntry({
  object,
  id,
  entry,
  canEdit,
}: {
  object: ObjectName;
  id: string;
  entry: Change;
  canEdit: boolean;
}) {
  const { t } = useTranslation();
  const fields = useFields(object);
  const { workspace } = useWorkspace();
  const currency = currencyOf(useRecordQuery(object, id).data, workspace.currency);
  const { undo } = useUndo();
  const changes = entry.operation === 'update' ? shownChanges(entry.fields, fields) : [];
  const isUndoable = canEdit && entry.operation === 'update' && entry.source === 'person';
  const undoAll = async () => {
    // The newest first, so that each finds the values it left.
    for (const id of [...entry.changeSetIds].reverse()) await undo(id);
  };
  return (
    <article className="group/entry flex gap-3 py-1" data-kind="change">
      <span className="flex size-6 shrink-0 items-center justify-center text-ink-faint">
        <History aria-hidden className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1 pt-0.5 text-ink-muted">
        <Heading entry={entry} count={changes.length} />
        {changes.slice(0, shownFields).map(({ field, from, to }) => (
          <FieldChange key={field.key} field={field} from={from} to={to} currency={currency} />
        ))}
      </div>
      {isUndoable ? (
        <Tooltip label={t('timeline.undoChange')}>
          <IconButton
            label={t('timeline.undoChange')}
            className="size-6! opacity-0 group-hover/entry:opacity-100 focus-visible:opacity-100"
            onClick={() => void undoAll()}
          >
            <Undo2 aria-hidden />
          </IconButton>
        </Tooltip>
      ) : null}
      <time
        dateTime={entry.at}
        className="shrink-0 pt-0.5 text-xs/5 text-ink-faint tabular-nums"
        data-content
      >
        {formatTime(entry.at)}
      </time>
    </article>
  );
}

function Heading({ entry, count }: { entry: Change; count: number }) {
  const { t } = useTranslation();
  const who = entry.userName ?? t('timeline.someone');
  return (
    <p data-content>
      {t(`timeline.operations.${entry.operation}`, { who, count })}
      {entry.source === 'person' ? null : (
        <span className="text-ink-faint"> {t(`timeline.sources.${entry.source}`)}</span>
      )}
    </p>
  );
}

function FieldChange({ field, from, to, currency }: ShownChange & { currency: string }) {
  const { t } = useTranslation();
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-1.5" data-content>
      <span className="font-medium text-ink">{field.label}</span>
      {from === null ? null : (
        <span className="max-w-80 truncate line-through decoration-line-strong">
          <ChangedValue field={field} value={from} currency={currency} />
        </span>
      )}
      <ArrowRight aria-label={t('timeline.to')} className="size-3 shrink-0 text-ink-faint" />
      <span className="max-w-80 truncate text-ink">
        {to === null ? (
          <span className="text-ink-faint">{t('common.empty')}</span>
        ) : (
          <ChangedValue field={field} value={to} currency={currency} />
        )}
      </span>
    </p>
  );
}
