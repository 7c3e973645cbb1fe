import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';
import { Checkbox } from '../components/checkbox.tsx';
import { Dialog, DialogActions, DialogContent } from '../components/dialog.tsx';
import { FormField, TextInput } from '../components/text-input.tsx';

export interface SaveViewDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** @returns whether it was saved */
  onSave: (name: string, isShared: boolean) => Promise<boolean>;
}

export function SaveViewDialog({ isOpen, onClose, onSave }: SaveViewDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const submit = async () => {
    if (name.trim() !== '' && (await onSave(name.trim(), isShared))) {
      setName('');
      onClose();
    }
  };
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('lists.views.saveTitle')} width="small">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <div className="flex flex-col gap-3 p-4">
            <FormField label={t('lists.views.name')}>
              {(ids) => (
                <TextInput
                  {...ids}
                  autoFocus
                  value={name}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </FormField>
            <label className="flex items-center gap-2">
              <Checkbox checked={isShared} onCheckedChange={setShared} />
              {t('lists.views.share')}
            </label>
          </div>
          <DialogActions>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button kind="primary" type="submit" disabled={name.trim() === ''}>
              {t('common.save')}
            </Button>
          </DialogActions>
        </form>
      </DialogContent>
    </Dialog>
  );
}
