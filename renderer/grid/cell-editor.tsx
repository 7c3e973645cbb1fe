import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { ObjectName } from '#shared/objects/objects.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { FieldInput } from '../fields/field-input.tsx';
import { invalidReason } from '../fields/field-text.ts';
import type { DisplayField } from '../fields/fields.ts';

export interface CellResult {
  /** Null when the edit was given up or changed nothing. */
  change: { value: unknown; display: string | null } | null;
  /** Where the cursor goes. `none` leaves the focus to what the person clicked. */
  move: 'stay' | 'next' | 'previous' | 'down' | 'none';
}

export interface CellEditorProps {
  object: ObjectName;
  field: DisplayField;
  record: AnyRecord;
  /** @param record as it stood when the edit began */
  onDone: (result: CellResult, record: AnyRecord) => void;
}

/** Edits one cell in place. Enter and Tab keep what was typed, Escape does not, leaving the cell does. */
export function CellEditor({ object, field, record: shown, onDone }: CellEditorProps) {
  const { t } = useTranslation();
  // Meanwhile somebody may change the record, or another one may come to stand in this row.
  const [record] = useState(shown);
  const before = valueOf(record, field.key);
  const name = field.displayKey ? valueOf(record, field.displayKey) : null;
  const [edit, setEdit] = useState<{ value: unknown; reason: string | null }>({
    value: before,
    reason: null,
  });
  const [isWrong, setWrong] = useState(false);
  const isDone = useRef(false);

  const finish = (result: CellResult) => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(result, record);
  };
  const reasonOf = (next: typeof edit) =>
    next.reason ??
    (next.value === null && !field.isRequired ? null : invalidReason(object, field, next.value));
  const keep = (next: typeof edit, move: CellResult['move'], display: string | null = null) => {
    if (JSON.stringify(next.value) === JSON.stringify(before)) return finish({ change: null, move });
    const reason = reasonOf(next);
    if (reason === null) return finish({ change: { value: next.value, display }, move });
    toast.error(t(`fields.invalid.${reason}`));
    if (move === 'none') return finish({ change: null, move });
    return setWrong(true);
  };

  const isChosenFromList = field.type === 'select' || field.type === 'reference';
  const onKeyDown = (event: KeyboardEvent) => {
    // The grid's own keys (arrows, letters) are text here.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      finish({ change: null, move: 'stay' });
    } else if (
      !isChosenFromList &&
      event.key === 'Enter' &&
      (field.type !== 'long_text' || event.ctrlKey || event.metaKey)
    ) {
      event.preventDefault();
      keep(edit, 'stay');
    } else if (!isChosenFromList && event.key === 'Tab') {
      event.preventDefault();
      keep(edit, event.shiftKey ? 'previous' : 'next');
    }
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only hears what its control lets through
    <div
      className="absolute inset-x-0 top-px z-10 [&_button]:h-[34px] [&_button]:rounded-none [&_input]:h-[34px] [&_input]:rounded-none [&_textarea]:rounded-none"
      onKeyDown={onKeyDown}
      onMouseDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={(event) => {
        if (!isChosenFromList && !event.currentTarget.contains(event.relatedTarget)) keep(edit, 'none');
      }}
    >
      <FieldInput
        field={field}
        value={edit.value}
        display={typeof name === 'string' ? name : null}
        autoFocus
        {...(isWrong ? { 'aria-invalid': true as const } : {})}
        {...(isChosenFromList ? { isOpen: true, onClose: () => finish({ change: null, move: 'stay' }) } : {})}
        onChange={({ value, reason, display }) => {
          setWrong(false);
          setEdit({ value, reason });
          if (isChosenFromList) keep({ value, reason }, 'stay', display ?? null);
        }}
      />
    </div>
  );
}
