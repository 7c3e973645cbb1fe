import { PencilLine, Trash2, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Selection } from '#shared/contract/list.ts';
import { definitionOf, type ObjectName } from '#shared/objects/objects.ts';
import { useCan } from '../client/queries.ts';
import { Button } from '../components/button.tsx';
import type { DisplayField } from '../fields/fields.ts';
import { BulkBar } from '../grid/bulk-bar.tsx';
import { useBulkChanges } from '../grid/bulk-changes.ts';
import { type PageCommand, usePageCommands } from '../navigation/palette-state.ts';
import { BulkEditDialog, type BulkEditStart } from './bulk-edit-dialog.tsx';

export interface SelectionActionsProps {
  object: ObjectName;
  fields: readonly DisplayField[];
  count: number;
  isEstimate: boolean;
  selection: () => Selection;
  onClear: () => void;
}

/** What can be done to the chosen rows: in the bar over the list, and in the palette. */
export function SelectionActions({
  object,
  fields,
  count,
  isEstimate,
  selection,
  onClear,
}: SelectionActionsProps) {
  const { t } = useTranslation();
  const can = useCan();
  const bulk = useBulkChanges(object);
  const [start, setStart] = useState<BulkEditStart | null>(null);
  const mayUpdate = can(object, 'update');
  const mayTrash = can(object, 'delete');
  const { title, owner } = definitionOf(object);
  // What many records share is rather a choice (a stage, an owner) than a text such as a name.
  const editable = fields.filter(({ isReadOnly }) => !isReadOnly);
  const firstField =
    (editable.find(({ type }) => type === 'select') ?? editable.find(({ key }) => key !== title))?.key ??
    title;

  const actions: PageCommand[] = [
    ...(mayUpdate
      ? [
          {
            id: 'bulk-edit',
            label: t('lists.bulk.edit'),
            icon: PencilLine,
            group: 'selection' as const,
            run: () => setStart({ field: firstField, focus: 'field' }),
          },
        ]
      : []),
    ...(mayUpdate && owner !== null
      ? [
          {
            id: 'bulk-assign',
            label: t('lists.bulk.assign'),
            icon: UserRound,
            group: 'selection' as const,
            run: () => setStart({ field: owner, focus: 'value' }),
          },
        ]
      : []),
    ...(mayTrash
      ? [
          {
            id: 'bulk-trash',
            label: t('lists.bulk.trash'),
            icon: Trash2,
            group: 'selection' as const,
            shortcut: 'trash' as const,
            run: () => {
              void bulk.trash(selection());
              onClear();
            },
          },
        ]
      : []),
  ];
  usePageCommands('selection', count > 0 ? actions : []);

  return (
    <>
      {count > 0 ? (
        <BulkBar count={count} isEstimate={isEstimate} onClear={onClear}>
          {actions.map(({ id, label, icon: Icon, run }) => (
            <Button key={id} kind="quiet" size="small" onClick={run}>
              <Icon aria-hidden />
              {label}
            </Button>
          ))}
        </BulkBar>
      ) : null}
      <BulkEditDialog
        object={object}
        fields={fields}
        count={count}
        start={start}
        onClose={() => setStart(null)}
        onApply={(values) => {
          void bulk.update(selection(), values);
          onClear();
        }}
      />
    </>
  );
}
