import { Search, X } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../components/button.tsx';
import { useShortcut } from '../shortcuts/use-shortcut.ts';

/** The quick search of one list. Escape empties it and gives the keys back to the list. */
export function ListSearch({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useShortcut('search', () => {
    input.current?.focus();
    input.current?.select();
  });
  const leave = () => {
    onChange('');
    document.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  return (
    <div className="flex h-7 w-52 min-w-0 items-center gap-1.5 rounded-md border border-line bg-surface pl-2 focus-within:border-accent hover:border-line-strong">
      <Search aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
      <input
        ref={input}
        type="text"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') leave();
          if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            document.querySelector<HTMLElement>('[role="grid"]')?.focus();
          }
        }}
        placeholder={t('lists.searchPlaceholder')}
        aria-label={t('lists.searchLabel')}
        className="h-full min-w-0 flex-1 bg-transparent text-sm outline-none"
      />
      {value === '' ? null : (
        <IconButton label={t('common.clear')} className="h-6! w-6!" onClick={leave}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
