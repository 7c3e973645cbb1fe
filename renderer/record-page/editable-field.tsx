import { ArrowUpRight, Copy } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { isObject, type ObjectName } from '#shared/objects/objects.ts';
import { useWorkspace } from '../client/queries.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { IconButton } from '../components/button.tsx';
import { Checkbox } from '../components/checkbox.tsx';
import { classNames } from '../components/class-names.ts';
import { FieldValue } from '../fields/field-value.tsx';
import type { DisplayField } from '../fields/fields.ts';
import { lockOf } from '../fields/locked.ts';
import { RecordLink } from '../navigation/record-link.tsx';
import { type EditEnd, FieldEditor } from './field-editor.tsx';
import { useSaveField } from './use-save-field.ts';

export interface EditableFieldProps {
  object: ObjectName;
  record: AnyRecord;
  field: DisplayField;
  canEdit: boolean;
  isEditing: boolean;
  onEdit: () => void;
  onEnd: (end: EditEnd) => void;
  /** Whether the value takes the focus when it shows again, because its editor had it. */
  takesFocus: boolean;
}

const labelIdOf = (field: DisplayField) => `field-label-${field.key}`;
const valueIdOf = (field: DisplayField) => `field-value-${field.key}`;

/** A label and its value; the value becomes an input in place. */
export function EditableField(props: EditableFieldProps) {
  const { object, record, field, canEdit, isEditing, onEnd } = props;
  return (
    <div
      className="group/field grid min-h-8 grid-cols-[112px_minmax(0,1fr)] items-start gap-2"
      data-field={field.key}
    >
      <dt
        id={labelIdOf(field)}
        className="truncate pt-1.5 text-ink-muted"
        data-content={field.isCustom ? '' : undefined}
      >
        {field.label}
      </dt>
      <dd className="min-w-0">
        {isEditing ? (
          <FieldEditor object={object} record={record} field={field} onEnd={onEnd} />
        ) : field.type === 'boolean' ? (
          <BooleanValue {...props} />
        ) : (
          <ShownValue
            {...props}
            canEdit={canEdit && field.isReadOnly !== true && lockOf(valueOf(record, field.key)) === null}
          />
        )}
      </dd>
    </div>
  );
}

function BooleanValue({ object, record, field, canEdit }: EditableFieldProps) {
  const save = useSaveField(object);
  return (
    <div className="flex h-8 items-center px-2">
      <Checkbox
        aria-label={field.label}
        disabled={!canEdit}
        checked={valueOf(record, field.key) === true}
        onCheckedChange={(checked) => save(record, field, { value: checked })}
      />
    </div>
  );
}

function ShownValue({ record, field, canEdit, onEdit, takesFocus }: EditableFieldProps) {
  const { t } = useTranslation();
  const { currency } = useWorkspace().workspace;
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) button.current?.focus();
  }, [takesFocus]);

  const value = (
    <FieldValue
      field={field}
      record={record}
      currency={currency}
      emptyText={canEdit ? t('record.addValue') : '–'}
    />
  );
  return (
    <div className="relative flex min-w-0 items-start gap-1">
      {canEdit ? (
        <button
          ref={button}
          type="button"
          // The name says which field, and holds the value that shows, so that saying what one sees works too.
          aria-labelledby={`${labelIdOf(field)} ${valueIdOf(field)}`}
          id={valueIdOf(field)}
          onClick={onEdit}
          onKeyDown={(event) => {
            // Typing starts an edit, as in a spreadsheet; the key itself is not swallowed by a shortcut.
            if (event.key === 'F2') onEdit();
          }}
          className={classNames(
            'min-h-8 min-w-0 flex-1 rounded-md px-2 py-1.5 text-left hover:bg-hover',
            'focus-visible:-outline-offset-1',
            valueLayout(field),
          )}
        >
          {value}
        </button>
      ) : (
        <div className={classNames('min-h-8 min-w-0 flex-1 px-2 py-1.5 select-text', valueLayout(field))}>
          {value}
        </div>
      )}
      <ValueAction record={record} field={field} />
    </div>
  );
}

/** Long text shows several lines, anything else one. */
function valueLayout({ type }: DisplayField): string {
  return type === 'long_text'
    ? '[&_span]:line-clamp-6 [&_span]:whitespace-pre-wrap [&_span]:break-words'
    : 'flex items-center overflow-hidden';
}

/** What can be done with a value besides editing it: open the record it names, copy an address. */
function ValueAction({ record, field }: Pick<EditableFieldProps, 'record' | 'field'>) {
  const { t } = useTranslation();
  const value = valueOf(record, field.key);
  if (typeof value !== 'string' || value === '') return null;
  if (isObject(field.target)) {
    const name = field.displayKey ? valueOf(record, field.displayKey) : null;
    const label = t('record.openReference', { name: typeof name === 'string' ? name : field.label });
    return (
      <RecordLink
        object={field.target}
        id={value}
        aria-label={label}
        className="mt-0.5 flex size-7 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink"
      >
        <ArrowUpRight aria-hidden className="size-4" />
      </RecordLink>
    );
  }
  if (field.type !== 'email' && field.type !== 'phone' && field.type !== 'url') return null;
  return (
    <IconButton
      label={t('record.copyValue', { field: field.label })}
      className="absolute top-0.5 right-0 bg-surface opacity-0 group-hover/field:opacity-100 focus-visible:opacity-100"
      onClick={() => {
        void navigator.clipboard.writeText(value).then(() => toast.success(t('common.copied')));
      }}
    >
      <Copy aria-hidden />
    </IconButton>
  );
}
