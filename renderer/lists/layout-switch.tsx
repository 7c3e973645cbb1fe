import { Columns3, Rows3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ViewDefinition } from '#shared/contract/views.ts';
import { classNames } from '../components/class-names.ts';

type Layout = ViewDefinition['layout'];

const layouts = [
  { layout: 'list', name: 'board.asList', icon: Rows3 },
  { layout: 'board', name: 'board.asBoard', icon: Columns3 },
] as const;

/** The same opportunities as rows or as a board. */
export function LayoutSwitch({ value, onChange }: { value: Layout; onChange: (layout: Layout) => void }) {
  const { t } = useTranslation();
  return (
    <div
      role="group"
      aria-label={t('board.layouts')}
      className="flex shrink-0 rounded-md border border-line p-0.5"
    >
      {layouts.map(({ layout, name, icon: Icon }) => (
        <button
          key={layout}
          type="button"
          aria-pressed={layout === value}
          onClick={() => onChange(layout)}
          className={classNames(
            'flex h-5.5 items-center gap-1.5 rounded-sm px-2 text-xs [&_svg]:size-3.5',
            layout === value ? 'bg-pressed font-medium' : 'text-ink-muted hover:text-ink',
          )}
        >
          <Icon aria-hidden />
          {t(name)}
        </button>
      ))}
    </div>
  );
}
