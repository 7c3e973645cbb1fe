import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { useReturningFocus } from './returning-focus.ts';

export const Dialog = Primitive.Root;

const widths = { small: 'max-w-100', medium: 'max-w-140', large: 'max-w-200' };

export interface DialogContentProps extends Omit<ComponentProps<typeof Primitive.Content>, 'title'> {
  title: string;
  /** Keeps the title for assistive technology only. */
  isTitleHidden?: boolean;
  description?: ReactNode;
  width?: keyof typeof widths;
}

export function DialogContent(props: DialogContentProps) {
  return (
    <Primitive.Portal>
      <OpenDialog {...props} />
    </Primitive.Portal>
  );
}

function OpenDialog({
  title,
  isTitleHidden = false,
  description,
  width = 'medium',
  className,
  children,
  ...rest
}: DialogContentProps) {
  const { t } = useTranslation();
  const returnFocus = useReturningFocus();
  return (
    <>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-shade" />
      <Primitive.Content
        className={classNames(
          'fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100vw-32px)] -translate-x-1/2 flex-col',
          'rounded-xl border border-line bg-raised shadow-window outline-none',
          widths[width],
          className,
        )}
        {...(description ? {} : { 'aria-describedby': undefined })}
        onCloseAutoFocus={returnFocus}
        {...rest}
      >
        {isTitleHidden ? (
          <Primitive.Title className="sr-only">{title}</Primitive.Title>
        ) : (
          <header className="flex items-center gap-2 border-b border-line py-2 pr-2 pl-4">
            <Primitive.Title className="min-w-0 flex-1 truncate text-base font-semibold">
              {title}
            </Primitive.Title>
            <Primitive.Close asChild>
              <IconButton label={t('common.close')}>
                <X aria-hidden />
              </IconButton>
            </Primitive.Close>
          </header>
        )}
        {description ? (
          <Primitive.Description className="px-4 pt-3 text-sm text-ink-muted">
            {description}
          </Primitive.Description>
        ) : null}
        {children}
      </Primitive.Content>
    </>
  );
}

/** The row of buttons at a dialog's foot. */
export function DialogActions({ children }: { children: ReactNode }) {
  return (
    <footer className="flex items-center justify-end gap-2 border-t border-line px-4 py-3">{children}</footer>
  );
}
