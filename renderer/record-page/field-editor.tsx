import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '#shared/objects/objects.ts';
import { type AnyRecord, valueOf } from '../client/record-client.ts';
import { FieldInput } from '../fields/field-input.tsx';
import { invalidReason } from '../fields/field-text.ts';
import type { DisplayField } from '../fields/fields.ts';
import { type NewValue, useSaveField } from './use-save-field.ts';

/** Where the cursor goes when an edit ends: to the next or previous field, or back to this one; null leaves it. */
export type EditEnd = 'next' | 'previous' | 'stay' | null;

export interface FieldEditorProps {
  object: ObjectName;
  record: AnyRecord;
  field: DisplayField;
  onEnd: (end: EditEnd) => void;
}

interface Entry extends NewValue {
  reason: string | null;
}

/** The input that stands in place of a value. Enter and Tab save, Escape gives up, leaving it saves. */
export function FieldEditor({ object, record: shown, field, onEnd }: FieldEditorProps) {
  const { t } = useTranslation();
  // What somebody else saves meanwhile must not count as seen, or the edit would silently replace it.
  const [record] = useState(shown);
  const save = useSaveField(object);
  const messageId = useId();
  const display = field.displayKey ? valueOf(record, field.displayKey) : null;
  const [entry, setEntry] = useState<Entry>({ value: valueOf(record, field.key), reason: null });
  const [wrong, setWrong] = useState<string | null>(null);
  const hasEnded = useRef(false);
  const isChosen = field.type === 'select' || field.type === 'reference';

  const end = (how: EditEnd) => {
    if (hasEnded.current) return;
    hasEnded.current = true;
    onEnd(how);
  };
  /** @returns whether the edit may end: what was typed is a value. */
  const commit = (next: Entry): boolean => {
    const isEmpty = next.value === null && field.isRequired !== true;
    const reason = next.reason ?? (isEmpty ? null : invalidReason(object, field, next.value));
    setWrong(reason);
    if (reason !== null) return false;
    save(record, field, next);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      end('stay');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      if (isChosen || commit(entry)) end(event.shiftKey ? 'previous' : 'next');
    } else if (event.key === 'Enter' && !isChosen) {
      const isNewLine = field.type === 'long_text' && !event.ctrlKey && !event.metaKey;
      if (isNewLine || event.nativeEvent.isComposing) return;
      event.preventDefault();
      if (commit(entry)) end('stay');
    }
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- listens for keys of the input inside
    <div
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (isChosen || event.currentTarget.contains(event.relatedTarget)) return;
        if (commit(entry)) end(null);
      }}
    >
      <FieldInput
        field={field}
        value={entry.value}
        display={typeof display === 'string' ? display : null}
        autoFocus
        {...(isChosen ? { isOpen: true } : {})}
        {...(wrong ? { 'aria-invalid': true as const, 'aria-describedby': messageId } : {})}
        onChange={({ value, reason, display: name }) => {
          const next = { value, reason, ...(name === undefined ? {} : { display: name }) };
          setEntry(next);
          setWrong(null);
          if (isChosen && commit(next)) end('stay');
        }}
        onClose={() => end('stay')}
      />
      {wrong ? (
        <p id={messageId} role="alert" className="mt-1 text-xs text-danger">
          {t(`fields.invalid.${wrong}`)}
        </p>
      ) : null}
    </div>
  );
}
