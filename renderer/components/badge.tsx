import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

const badgeTones: Record<Tone, string> = {
  neutral: 'bg-hover text-ink-muted',
  accent: 'bg-accent-soft text-accent-ink',
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
};

export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 max-w-full items-center rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        badgeTones[tone],
      )}
    >
      <span className="truncate">{children}</span>
    </span>
  );
}

const dotTones: Record<Tone, string> = {
  neutral: 'bg-ink-faint',
  accent: 'bg-accent',
  success: 'bg-success',
  warning: 'bg-warning',
  danger: 'bg-danger',
};

/** A colour that only repeats what the text beside it says. */
export function Dot({ tone = 'neutral' }: { tone?: Tone }) {
  return <span aria-hidden className={classNames('size-2 shrink-0 rounded-full', dotTones[tone])} />;
}
