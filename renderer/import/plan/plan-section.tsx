import type { ReactNode } from 'react';

/** A titled part of the plan. */
export function PlanSection({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children: ReactNode;
}) {
  return (
    <section>
      <h2 className="font-semibold">{title}</h2>
      {text ? <p className="text-ink-muted">{text}</p> : null}
      <div className="mt-2">{children}</div>
    </section>
  );
}
