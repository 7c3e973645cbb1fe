import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: ReactNode;
  /** Beside the title, e.g. a count. */
  meta?: ReactNode;
  /** At the right: tools and the main action. */
  children?: ReactNode;
}

/** The top bar of a screen. */
export function PageHeader({ title, meta, children }: PageHeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-4">
      <h1 className="truncate text-base font-semibold">{title}</h1>
      {meta}
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </header>
  );
}
