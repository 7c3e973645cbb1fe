import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

const kinds: Record<ButtonKind, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  secondary: 'bg-surface text-ink border-line-strong hover:bg-hover active:bg-pressed',
  quiet: 'text-ink-muted border-transparent hover:bg-hover hover:text-ink active:bg-pressed',
  danger: 'bg-surface text-danger border-line-strong hover:bg-danger-soft',
};

const sizes = {
  small: 'h-7 px-2 text-xs gap-1.5',
  medium: 'h-8 px-3 text-sm gap-2',
  large: 'h-10 px-4 text-base gap-2',
};

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind;
  size?: keyof typeof sizes;
}

export function Button({ kind = 'secondary', size = 'medium', className, type, ...rest }: ButtonProps) {
  return (
    <button
      // Inside a form, a button without a type submits it; only those that ask to may.
      type={type ?? 'button'}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none',
        'transition-colors duration-75 disabled:opacity-50 disabled:pointer-events-none [&_svg]:size-4 [&_svg]:shrink-0',
        kinds[kind],
        sizes[size],
        className,
      )}
      {...rest}
    />
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label'> {
  /** What it does: its accessible name. Wrap it in a Tooltip where the icon alone may not be understood. */
  label: string;
}

export function IconButton({ label, size = 'small', kind = 'quiet', className, ...rest }: IconButtonProps) {
  const square = { small: 'w-7 px-0', medium: 'w-8 px-0', large: 'w-10 px-0' }[size];
  return (
    <Button
      aria-label={label}
      size={size}
      kind={kind}
      className={classNames(square, 'px-0!', className)}
      {...rest}
    />
  );
}
