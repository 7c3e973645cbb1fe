import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { isObject } from '#shared/objects/objects.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { Avatar } from '../components/avatar.tsx';
import { Badge, Dot } from '../components/badge.tsx';
import type { MoneyDecimals } from '../format/format.ts';
import { type DisplayField, useOptionLabel } from './fields.ts';
import { lockOf } from './locked.ts';
import { toneOfOption } from './option-tones.ts';
import { currencyOf, valueText } from './value-text.ts';

export interface FieldValueProps {
  field: DisplayField;
  record: AnyRecord;
  /** The workspace's currency, for amounts that name none. */
  currency: string;
  /** How the amounts of the column it stands in are written. */
  moneyDecimals?: MoneyDecimals;
  /** What stands for no value; nothing when left out. */
  emptyText?: string;
}

/** Numbers stand at the right so that their digits line up. */
export function isRightAligned(field: Pick<DisplayField, 'type'>): boolean {
  return ['integer', 'number', 'money', 'percent'].includes(field.type);
}

/** A record's field as text, with no way to edit it. Renders nothing for an empty value. */
export function FieldValue({ field, record, currency, moneyDecimals, emptyText }: FieldValueProps) {
  const value = valueOf(record, field.key);
  if (value === null || value === undefined || value === '') {
    return emptyText === undefined ? null : <span className="text-ink-faint">{emptyText}</span>;
  }

  const lock = lockOf(value);
  if (lock) return <Locked why={lock} />;
  if (field.type === 'select' && typeof value === 'string') return <Option field={field} value={value} />;
  if (field.type === 'boolean') return value ? <Yes /> : null;
  if (field.type === 'reference') {
    const name = field.displayKey ? valueOf(record, field.displayKey) : null;
    if (typeof name !== 'string') return null;
    return (
      <span className="inline-flex min-w-0 items-center gap-2" data-content>
        {isObject(field.target) ? null : <Avatar name={name} />}
        <span dir="auto" className="truncate">
          {name}
        </span>
      </span>
    );
  }
  if (field.type === 'tags' && Array.isArray(value)) {
    return (
      <span className="inline-flex min-w-0 gap-1 overflow-hidden" data-content>
        {value.map((tag) => (
          <Badge key={String(tag)}>{String(tag)}</Badge>
        ))}
      </span>
    );
  }
  return (
    // Cut at the end that is read last, whatever the script.
    <span dir="auto" className="truncate tabular-nums" data-content>
      {valueText(field, value, currencyOf(record, currency), moneyDecimals)}
    </span>
  );
}

function Locked({ why }: { why: 'list' | 'key' | 'role' }) {
  const { t } = useTranslation();
  return <span className="truncate text-ink-faint">{t(`fields.locked.${why}`)}</span>;
}

// Most of a list's cells are plain text: only what has words of its own looks up the language, once per cell drawn.
function Option({ field, value }: { field: DisplayField; value: string }) {
  const optionLabel = useOptionLabel();
  return (
    <span className="inline-flex min-w-0 items-center gap-2" data-content={field.isCustom ? '' : undefined}>
      <Dot tone={toneOfOption(field.optionsName, value)} />
      <span className="truncate">{optionLabel(field, value)}</span>
    </span>
  );
}

function Yes() {
  const { t } = useTranslation();
  return <Check aria-label={t('common.yes')} className="size-4 text-ink-muted" />;
}
