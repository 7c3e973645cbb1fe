import { useTranslation } from 'react-i18next';
import { Dialog, DialogContent } from '../components/dialog.tsx';
import { useCreate } from '../navigation/create-state.ts';
import { CreateForm } from './create-form.tsx';

/** The dialog that creates a record of any object; opened by `openCreate`. */
export function CreateDialog() {
  const { t } = useTranslation();
  const request = useCreate((state) => state.request);
  const close = () => useCreate.setState({ request: null });
  return (
    <Dialog open={request !== null} onOpenChange={(open) => !open && close()}>
      {request ? (
        <DialogContent title={t(`objects.${request.object}.create`)}>
          <CreateForm key={request.object} request={request} onClose={close} />
        </DialogContent>
      ) : null}
    </Dialog>
  );
}
