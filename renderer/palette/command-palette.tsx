import { Dialog } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useReturningFocus } from '../components/returning-focus.ts';
import { usePalette } from '../navigation/palette-state.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { PaletteContent } from './palette-content.tsx';

/** Search and commands in one box, on Ctrl/Cmd+K. */
export function CommandPalette() {
  const isOpen = usePalette((palette) => palette.isOpen);
  const setOpen = (open: boolean) => usePalette.setState({ isOpen: open });
  useShortcut('palette', () => setOpen(!usePalette.getState().isOpen));
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <OpenPalette onClose={() => setOpen(false)} />
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function OpenPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const returnFocus = useReturningFocus();
  return (
    <>
      <Dialog.Overlay className="fixed inset-0 z-40 bg-shade" />
      <Dialog.Content
        aria-describedby={undefined}
        onCloseAutoFocus={returnFocus}
        className="fixed top-[14vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-150 -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised shadow-window outline-none"
      >
        <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
        <PaletteContent onClose={onClose} />
      </Dialog.Content>
    </>
  );
}
