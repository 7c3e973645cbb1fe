import type { ReactNode } from 'react';

export interface SettingRowProps {
  label: string;
  labelId?: string;
  hint?: ReactNode;
  children: ReactNode;
}

/** One setting: what it is called at the left, its control at the right. */
export function SettingRow({ label, labelId, hint, children }: SettingRowProps) {
  return (
    <div className="flex items-center justify-between gap-6 py-3">
      <div className="min-w-0">
        <h3 id={labelId} className="font-medium">
          {label}
        </h3>
        {hint ? <p className="flex items-center gap-1.5 text-xs text-ink-muted">{hint}</p> : null}
      </div>
      {children}
    </div>
  );
}
