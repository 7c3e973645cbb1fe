import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../client/queries.ts';
import { type AnyRecord, titleOf, withValue } from '../../client/record-client.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions, DialogContent } from '../../components/dialog.tsx';
import { FieldValue } from '../../fields/field-value.tsx';
import { useFields } from '../../fields/fields.ts';
import { formatDateTime } from '../../format/format.ts';
import { useUpdateField } from '../changes.ts';
import { type Conflict, useConflict } from './conflict-state.ts';

/** Shows both values of a field that two people changed, and lets the person choose. */
export function ConflictDialog() {
  const { t } = useTranslation();
  const conflict = useConflict((state) => state.conflict);
  const close = () => useConflict.setState({ conflict: null });
  return (
    <Dialog open={conflict !== null} onOpenChange={(open) => !open && close()}>
      {conflict ? (
        <DialogContent title={t('conflicts.title')} width="small">
          <ConflictChoice conflict={conflict} onClose={close} />
        </DialogContent>
      ) : null}
    </Dialog>
  );
}

function ConflictChoice({ conflict, onClose }: { conflict: Conflict; onClose: () => void }) {
  const { t } = useTranslation();
  const { object, current, change } = conflict;
  const field = useFields(object).find(({ key }) => key === change.field);
  const { currency } = useWorkspace().workspace;
  const update = useUpdateField(object);
  if (!field) return null;

  const mine = {
    ...withValue(current, change.field, change.value),
    ...(change.display ? { [change.display.key]: change.display.name } : {}),
  };
  const value = (record: AnyRecord) => (
    <FieldValue field={field} record={record} currency={currency} emptyText={t('common.empty')} />
  );
  return (
    <>
      <div className="px-4 py-4">
        <p className="text-ink-muted" data-content>
          {t('conflicts.text', { field: field.label, name: titleOf(object, current) })}
        </p>
        <dl className="mt-4 grid grid-cols-2 gap-3">
          <div className="min-w-0 rounded-md border border-line p-3">
            <dt className="text-xs font-medium text-ink-muted">{t('conflicts.saved')}</dt>
            <dd className="mt-1 break-words">{value(current)}</dd>
            <dd className="mt-1 text-xs text-ink-faint" data-content>
              {formatDateTime(current.updatedAt)}
            </dd>
          </div>
          <div className="min-w-0 rounded-md border border-line p-3">
            <dt className="text-xs font-medium text-ink-muted">{t('conflicts.yours')}</dt>
            <dd className="mt-1 break-words">{value(mine)}</dd>
          </div>
        </dl>
      </div>
      <DialogActions>
        <Button
          onClick={onClose}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the harmless answer, instead of the cross
          autoFocus
        >
          {t('conflicts.keepSaved')}
        </Button>
        <Button
          kind="primary"
          onClick={() => {
            onClose();
            void update({ ...change, record: current });
          }}
        >
          {t('conflicts.useMine')}
        </Button>
      </DialogActions>
    </>
  );
}
