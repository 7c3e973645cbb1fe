import { useTranslation } from 'react-i18next';
import type { ObjectName } from '#shared/objects/objects.ts';
import type { AnyRecord } from '../client/record-client.ts';
import type { DisplayField } from '../fields/fields.ts';
import { useFields } from '../fields/fields.ts';
import { EditableField } from './editable-field.tsx';
import type { EditEnd } from './field-editor.tsx';

const sections = ['main', 'deal', 'reach', 'about', 'custom', 'address', 'system'] as const;

/** Which field is edited, and which was edited last (its value takes the focus back). */
export interface FieldFocus {
  editing: string | null;
  returning: string | null;
}

export const noFieldFocus: FieldFocus = { editing: null, returning: null };

export interface RecordFieldsProps {
  object: ObjectName;
  record: AnyRecord;
  canEdit: boolean;
  focus: FieldFocus;
  onFocus: (focus: FieldFocus) => void;
}

/** All fields of a record by section, each editable in place. */
export function RecordFields({ object, record, canEdit, focus, onFocus }: RecordFieldsProps) {
  const { t } = useTranslation();
  const fields = useFields(object);
  const ordered = sections.flatMap((section) => fields.filter((field) => field.section === section));
  const editable = ordered.filter((field) => field.isReadOnly !== true && field.type !== 'boolean');

  const end = (field: DisplayField, how: EditEnd) => {
    const place = editable.findIndex(({ key }) => key === field.key);
    const next = how === 'next' ? editable[place + 1] : how === 'previous' ? editable[place - 1] : undefined;
    if (next) onFocus({ editing: next.key, returning: null });
    else onFocus({ editing: null, returning: how === null ? null : field.key });
  };

  return (
    <div className="divide-y divide-line">
      {sections.map((section) => {
        const members = ordered.filter((field) => field.section === section);
        if (members.length === 0) return null;
        return (
          <section key={section} className="px-4 py-3">
            <h3 className="mb-1 text-xs font-medium text-ink-faint">{t(`fields.sections.${section}`)}</h3>
            <dl>
              {members.map((field) => (
                <EditableField
                  key={field.key}
                  object={object}
                  record={record}
                  field={field}
                  canEdit={canEdit}
                  isEditing={focus.editing === field.key}
                  takesFocus={focus.returning === field.key}
                  onEdit={() => onFocus({ editing: field.key, returning: null })}
                  onEnd={(how) => end(field, how)}
                />
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}
