import { ListFilter } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterGroup } from '#shared/contract/list.ts';
import { Button } from '../../components/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../components/popover.tsx';
import type { DisplayField } from '../../fields/fields.ts';
import { useShortcut } from '../../shortcuts/use-shortcut.ts';
import { FilterBuilder } from './filter-builder.tsx';
import { completeFilter, conditionCount, emptyFilter, newCondition } from './filter-model.ts';

/** So that typing a value does not ask for every letter of it. */
const settleMilliseconds = 200;

export interface FilterButtonProps {
  filter: FilterGroup | undefined;
  fields: readonly DisplayField[];
  onChange: (filter: FilterGroup | null) => void;
}

export function FilterButton({ filter, fields, onChange }: FilterButtonProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const count = conditionCount(filter);
  useShortcut('listFilter', () => setOpen(true));
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button kind={count > 0 ? 'secondary' : 'quiet'} size="small">
          <ListFilter aria-hidden />
          {t('lists.filter.title')}
          {count > 0 ? (
            <span className="rounded-sm bg-accent-soft px-1 text-accent-ink tabular-nums">{count}</span>
          ) : null}
        </Button>
      </PopoverTrigger>
      <PopoverContent
        // A condition of a nested group has the same room as one at the top, where the window is wide enough.
        className="w-max max-w-[calc(100vw-32px)] min-w-[min(680px,calc(100vw-32px))] p-3"
        aria-label={t('lists.filter.title')}
        align="end"
      >
        <FilterPanel filter={filter} fields={fields} onChange={onChange} />
      </PopoverContent>
    </Popover>
  );
}

/** Keeps conditions that lack a value while they are being made; applies those that are complete. */
function FilterPanel({ filter, fields, onChange }: FilterButtonProps) {
  const { t } = useTranslation();
  const first = fields[0];
  const [draft, setDraft] = useState<FilterGroup>(
    filter ?? { ...emptyFilter, conditions: first ? [newCondition(first)] : [] },
  );
  const complete = completeFilter(draft);
  const isApplied = JSON.stringify(complete) === JSON.stringify(filter ?? null);
  const apply = useRef<(() => void) | null>(null);
  useEffect(() => {
    apply.current = isApplied ? null : () => onChange(complete);
    if (isApplied) return undefined;
    const timer = window.setTimeout(() => apply.current?.(), settleMilliseconds);
    return () => window.clearTimeout(timer);
  }, [isApplied, complete, onChange]);
  // Closing the panel at once after typing must not lose what was typed.
  useEffect(() => () => apply.current?.(), []);

  return (
    <>
      <FilterBuilder group={draft} fields={fields} onChange={setDraft} />
      {draft.conditions.length > 0 ? (
        <div className="mt-2 flex justify-end border-t border-line pt-2">
          <Button kind="quiet" size="small" onClick={() => setDraft(emptyFilter)}>
            {t('lists.filter.clear')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
