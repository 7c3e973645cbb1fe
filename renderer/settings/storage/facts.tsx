import type { ReactNode } from 'react';

/** Facts below one another, each under its name. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="mt-3 divide-y divide-line rounded-lg border border-line bg-surface px-4">{children}</dl>
  );
}

export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="py-3">
      <dt className="text-xs font-medium text-ink-muted">{term}</dt>
      <dd className="mt-0.5 break-words select-text">{children}</dd>
    </div>
  );
}
