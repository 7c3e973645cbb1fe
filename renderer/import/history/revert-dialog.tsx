import { useTranslation } from 'react-i18next';
import type { ImportBatch } from '#shared/contract/imports.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions, DialogContent } from '../../components/dialog.tsx';
import { useImportActions } from '../use-import-actions.ts';

/** Taking back removes for good, and so it is asked before, unlike everything that can be undone. */
export function RevertDialog({ batch, onClose }: { batch: ImportBatch | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { revert } = useImportActions();
  return (
    <Dialog open={batch !== null} onOpenChange={(open) => !open && onClose()}>
      {batch ? (
        <DialogContent title={t('imports.revert.title')} width="small">
          <div className="px-4 py-4">
            <p className="font-medium break-words" data-content>
              {batch.fileNames.join(', ')}
            </p>
            <p className="mt-1 text-ink-muted">{t('imports.revert.text')}</p>
          </div>
          <DialogActions>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button
              kind="primary"
              onClick={() => {
                onClose();
                revert(batch.id);
              }}
            >
              {t('imports.revert.confirm')}
            </Button>
          </DialogActions>
        </DialogContent>
      ) : null}
    </Dialog>
  );
}
