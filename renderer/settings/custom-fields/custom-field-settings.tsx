import { arrayMove } from '@dnd-kit/sortable';
import { Archive, Pencil, Plus, TextCursorInput, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomFieldDefinition } from '#shared/contract/custom-fields.ts';
import { type ObjectName, objectNames } from '#shared/objects/objects.ts';
import { useCustomFieldsQuery, useMay } from '../../client/queries.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { SortableList } from '../../components/sortable-list.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../components/tabs.tsx';
import { Tooltip } from '../../components/tooltip.tsx';
import { SettingsPage } from '../settings-page.tsx';
import { FieldDialog } from './field-dialog.tsx';
import { useCustomFieldChanges, useRemovedFieldsQuery } from './use-custom-fields.ts';

/** Which field is edited: one that exists, a new one, or none. */
type Edited = CustomFieldDefinition | 'new' | null;

/** The fields that a workspace adds to its records: defined, ordered, archived and brought back. */
export function CustomFieldSettings() {
  const { t } = useTranslation();
  const mayChange = useMay('custom_field:update');
  const [object, setObject] = useState<ObjectName>(objectNames[0]);
  const [edited, setEdited] = useState<Edited>(null);
  return (
    <SettingsPage
      title={t('settings.fields.title')}
      text={t('settings.fields.text')}
      isReadOnly={!mayChange}
      action={
        mayChange ? (
          <Button kind="primary" size="small" onClick={() => setEdited('new')}>
            <Plus aria-hidden />
            {t('settings.fields.add')}
          </Button>
        ) : null
      }
    >
      <Tabs
        value={object}
        onValueChange={(next) => setObject(objectNames.find((name) => name === next) ?? objectNames[0])}
      >
        <TabsList aria-label={t('settings.fields.objects')} className="mb-2">
          {objectNames.map((name) => (
            <TabsTrigger key={name} value={name}>
              {t(`objects.${name}.many`)}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value={object} className="outline-none">
          <FieldsOf object={object} mayChange={mayChange} onEdit={setEdited} />
        </TabsContent>
      </Tabs>
      <FieldDialog
        object={object}
        field={edited === 'new' ? null : edited}
        isOpen={edited !== null}
        onClose={() => setEdited(null)}
      />
    </SettingsPage>
  );
}

interface FieldsOfProps {
  object: ObjectName;
  mayChange: boolean;
  onEdit: (edited: Edited) => void;
}

function FieldsOf({ object, mayChange, onEdit }: FieldsOfProps) {
  const { t } = useTranslation();
  const used = useCustomFieldsQuery(object);
  const { remove, reorder } = useCustomFieldChanges(object);
  if (used.isPending) {
    return (
      <div aria-busy="true" className="space-y-2">
        {[1, 2, 3].map((row) => (
          <Skeleton key={row} className="h-9 w-full" />
        ))}
      </div>
    );
  }
  if (used.data === undefined) return <ErrorState error={used.error} onRetry={() => void used.refetch()} />;
  const fields = used.data.toSorted((one, other) => one.position - other.position);
  const row = (field: CustomFieldDefinition, handle: ReactNode) => (
    <FieldRow field={field} handle={handle}>
      {mayChange ? (
        <>
          <Tooltip label={t('settings.fields.edit', { name: field.label })}>
            <IconButton
              label={t('settings.fields.edit', { name: field.label })}
              onClick={() => onEdit(field)}
            >
              <Pencil aria-hidden />
            </IconButton>
          </Tooltip>
          <Tooltip label={t('settings.fields.archive', { name: field.label })}>
            <IconButton
              label={t('settings.fields.archive', { name: field.label })}
              onClick={() => void remove(field)}
            >
              <Archive aria-hidden />
            </IconButton>
          </Tooltip>
        </>
      ) : null}
    </FieldRow>
  );
  return (
    <>
      {fields.length === 0 ? (
        <EmptyState
          icon={TextCursorInput}
          title={t('settings.fields.empty.title')}
          text={t('settings.fields.empty.text')}
        />
      ) : mayChange ? (
        <SortableList
          items={fields}
          idOf={({ key }) => key}
          labelOf={({ label }) => label}
          onMove={(from, to) =>
            void reorder(
              arrayMove(
                fields.map(({ key }) => key),
                from,
                to,
              ),
            )
          }
        >
          {row}
        </SortableList>
      ) : (
        fields.map((field) => <div key={field.key}>{row(field, null)}</div>)
      )}
      <RemovedFields object={object} mayChange={mayChange} />
    </>
  );
}

function RemovedFields({ object, mayChange }: { object: ObjectName; mayChange: boolean }) {
  const { t } = useTranslation();
  const { data: removed } = useRemovedFieldsQuery(object);
  const { restore } = useCustomFieldChanges(object);
  if (!removed || removed.length === 0) return null;
  return (
    <section className="mt-8">
      <h3 className="font-medium">{t('settings.fields.archivedTitle')}</h3>
      <p className="mb-2 text-xs text-ink-muted">{t('settings.fields.archivedText')}</p>
      {removed.map((field) => (
        <FieldRow key={field.key} field={field} handle={null}>
          {mayChange ? (
            <Button kind="quiet" size="small" onClick={() => void restore(field)}>
              <Undo2 aria-hidden />
              {t('settings.fields.restore')}
            </Button>
          ) : null}
        </FieldRow>
      ))}
    </section>
  );
}

function FieldRow({
  field,
  handle,
  children,
}: {
  field: CustomFieldDefinition;
  handle: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div
      className="flex h-10 items-center gap-3 border-b border-line bg-surface"
      data-custom-field={field.key}
    >
      {handle}
      <span dir="auto" className="min-w-0 flex-1 truncate text-left font-medium" data-content>
        {field.label}
      </span>
      {field.options.length > 0 ? (
        <span className="max-w-48 min-w-0 truncate text-xs text-ink-muted" data-content>
          {field.options.join(', ')}
        </span>
      ) : null}
      {field.isRequired ? <Badge>{t('settings.fields.required')}</Badge> : null}
      <span className="w-28 shrink-0 text-xs text-ink-muted">{t(`settings.fields.types.${field.type}`)}</span>
      <span className="flex shrink-0 gap-1">{children}</span>
    </div>
  );
}
