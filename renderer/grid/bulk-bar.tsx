import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../components/button.tsx';
import { formatInteger } from '../format/format.ts';

export interface BulkBarProps {
  count: number;
  isEstimate: boolean;
  onClear: () => void;
  /** The actions. */
  children: ReactNode;
}

/** Floats over the list while rows are chosen. */
export function BulkBar({ count, isEstimate, onClear, children }: BulkBarProps) {
  const { t } = useTranslation();
  return (
    <div
      role="toolbar"
      aria-label={t('lists.bulk.title')}
      className="absolute bottom-4 left-1/2 z-30 flex -translate-x-1/2 items-center gap-1 rounded-lg border border-line-strong bg-raised py-1.5 pr-1.5 pl-3 shadow-menu animate-appear"
    >
      <span aria-live="polite" className="mr-2 font-medium whitespace-nowrap tabular-nums">
        {t('lists.bulk.count', { count, shown: `${isEstimate ? '~' : ''}${formatInteger(count)}` })}
      </span>
      {children}
      <IconButton label={t('lists.bulk.clear')} onClick={onClear}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}
