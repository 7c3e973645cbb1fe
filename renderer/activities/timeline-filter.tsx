import { ToggleGroup } from 'radix-ui';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type TimelineKind, timelineKinds } from '#shared/contract/timeline.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { kindIcons } from './kind-icons.ts';

const toggleClass =
  'inline-flex h-6 shrink-0 items-center gap-1.5 rounded-md px-2 text-xs text-ink-muted hover:bg-hover hover:text-ink ' +
  'data-[state=on]:bg-pressed data-[state=on]:text-ink data-[state=on]:font-medium [&_svg]:size-3.5';

/** Which kinds show: one key away, arrows move, Space switches. Nothing chosen shows everything. */
export function TimelineFilter({
  kinds,
  onChange,
}: {
  kinds: readonly TimelineKind[];
  onChange: (kinds: readonly TimelineKind[]) => void;
}) {
  const { t } = useTranslation();
  const first = useRef<HTMLButtonElement>(null);
  useShortcut('timelineFilter', () => first.current?.focus());
  const choose = (next: readonly string[]) => {
    if (next.includes('all') && kinds.length > 0) onChange([]);
    else onChange(timelineKinds.filter((kind) => next.includes(kind)));
  };
  return (
    <ToggleGroup.Root
      type="multiple"
      value={kinds.length === 0 ? ['all'] : [...kinds]}
      onValueChange={choose}
      aria-label={t('timeline.filter')}
      className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto px-3"
    >
      <ToggleGroup.Item ref={first} value="all" className={toggleClass}>
        {t('timeline.all')}
      </ToggleGroup.Item>
      {timelineKinds.map((kind) => {
        const Icon = kindIcons[kind];
        return (
          <ToggleGroup.Item key={kind} value={kind} className={toggleClass}>
            <Icon aria-hidden className="@max-xl:hidden" />
            {t(`timeline.kinds.${kind}`)}
          </ToggleGroup.Item>
        );
      })}
    </ToggleGroup.Root>
  );
}
