import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  text: ReactNode;
  /** Buttons: what a person can do about it. */
  children?: ReactNode;
}

export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="flex h-full min-h-60 flex-col items-center justify-center px-6 py-10 text-center">
      <Icon aria-hidden className="mb-4 size-8 text-ink-faint" strokeWidth={1.5} />
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="mt-1 max-w-100 text-sm text-balance text-ink-muted">{text}</p>
      {children ? <div className="mt-5 flex flex-wrap justify-center gap-2">{children}</div> : null}
    </div>
  );
}
