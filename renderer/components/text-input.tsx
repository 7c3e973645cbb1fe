import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { classNames } from './class-names.ts';

const box =
  'w-full rounded-md border border-line-strong bg-surface text-ink text-sm px-2.5 outline-offset-0 ' +
  'hover:border-ink-faint focus:border-accent focus:outline-1 focus:outline-accent disabled:opacity-60 ' +
  'aria-invalid:border-danger';

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(box, 'h-8', className)} autoComplete="off" {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={classNames(box, 'min-h-20 py-1.5', className)} {...rest} />;
}

export interface FormFieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
  className?: string;
  /** Receives the ids that tie the control to its label and messages. */
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

/** A control with its label, hint and error, tied together for assistive technology. */
export function FormField({ label, hint, error, isRequired, className, children }: FormFieldProps) {
  const id = useId();
  const messageId = `${id}-message`;
  const hasMessage = Boolean(error ?? hint);
  return (
    <div className={classNames('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-ink-muted">
        {label}
        {isRequired ? (
          <span aria-hidden className="text-danger">
            {' *'}
          </span>
        ) : null}
      </label>
      {children({
        id,
        ...(hasMessage ? { 'aria-describedby': messageId } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {hasMessage ? (
        <p
          id={messageId}
          className={classNames('text-xs', error ? 'text-danger' : 'text-ink-faint')}
          role={error ? 'alert' : undefined}
        >
          {error ?? hint}
        </p>
      ) : null}
    </div>
  );
}
