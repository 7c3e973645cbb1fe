import { Command, defaultFilter } from 'cmdk';
import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fold } from '#shared/text/fold.ts';
import { classNames } from './class-names.ts';
import { Popover, PopoverContent, PopoverTrigger } from './popover.tsx';
import { Spinner } from './spinner.tsx';

export interface ComboboxOption {
  value: string;
  label: string;
  /** Second line of knowledge, e.g. a contact's account. */
  hint?: string | null;
  icon?: ReactNode;
  /** Whether `label` comes from the workspace's data. */
  isContent?: boolean;
}

export interface ComboboxProps {
  label: string;
  id?: string | undefined;
  value: string | null;
  /** What stands in the box: the chosen option's label, or null for nothing. */
  display: ReactNode;
  /** What stands in the box instead of "None" while nothing is chosen. */
  placeholder?: string;
  options: readonly ComboboxOption[];
  onChange: (option: ComboboxOption | null) => void;
  /** Offers to choose nothing. */
  isClearable?: boolean;
  /** Given for options that are looked up; without it the options are filtered here. */
  onSearch?: (text: string) => void;
  isLoading?: boolean;
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  isInvalid?: boolean;
  isDisabled?: boolean;
  className?: string;
  /** Replaces the box that opens the list. Must take a ref. */
  trigger?: ReactNode;
}

/** One of many choices, found by typing. */
export function Combobox(props: ComboboxProps) {
  const { t } = useTranslation();
  const [ownOpen, setOwnOpen] = useState(false);
  const isOpen = props.isOpen ?? ownOpen;
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    props.onOpenChange?.(next);
    if (!next) props.onSearch?.('');
  };
  const choose = (option: ComboboxOption | null) => {
    props.onChange(option);
    setOpen(false);
  };

  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        {props.trigger ?? (
          <button
            type="button"
            id={props.id}
            data-invalid={props.isInvalid ? '' : undefined}
            disabled={props.isDisabled}
            className={classNames(
              'flex h-8 w-full min-w-0 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-sm',
              'hover:border-ink-faint data-[state=open]:border-accent data-invalid:border-danger disabled:pointer-events-none disabled:opacity-60',
              props.className,
            )}
          >
            {props.id ? null : <span className="sr-only">{props.label}: </span>}
            <span className={classNames('min-w-0 truncate', props.value === null && 'text-ink-faint')}>
              {props.value === null ? (props.placeholder ?? t('common.none')) : props.display}
            </span>
            <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
          </button>
        )}
      </PopoverTrigger>
      <PopoverContent className="w-72" aria-label={props.label}>
        <ComboboxList {...props} choose={choose} />
      </PopoverContent>
    </Popover>
  );
}

const folded: typeof defaultFilter = (value, search, keywords) =>
  defaultFilter(fold(value), fold(search), keywords?.map(fold));

function ComboboxList({
  label,
  value,
  options,
  onSearch,
  isLoading,
  isClearable,
  choose,
}: Pick<ComboboxProps, 'label' | 'value' | 'options' | 'onSearch' | 'isLoading' | 'isClearable'> & {
  choose: (option: ComboboxOption | null) => void;
}) {
  const { t } = useTranslation();
  return (
    <Command shouldFilter={!onSearch} filter={folded} label={label} loop>
      <div className="flex items-center border-b border-line pr-2">
        <Command.Input
          autoFocus
          placeholder={t('common.typeToSearch')}
          className="h-9 min-w-0 flex-1 bg-transparent px-3 text-sm outline-none"
          {...(onSearch ? { onValueChange: onSearch } : {})}
        />
        {isLoading ? <Spinner /> : null}
      </div>
      <Command.List label={label} className="max-h-72 overflow-auto p-1">
        {isLoading ? null : (
          <Command.Empty className="px-2 py-3 text-center text-sm text-ink-muted">
            {t('common.noOptions')}
          </Command.Empty>
        )}
        {isClearable && value !== null ? (
          <Command.Item
            value="__none__"
            keywords={[t('common.none')]}
            onSelect={() => choose(null)}
            className={optionClass}
          >
            <span className="text-ink-muted">{t('common.none')}</span>
          </Command.Item>
        ) : null}
        {options.map((option) => (
          <Command.Item
            key={option.value}
            value={option.value}
            keywords={[option.label]}
            onSelect={() => choose(option)}
            className={optionClass}
          >
            {option.icon}
            <span className="min-w-0 flex-1" data-content={option.isContent ? '' : undefined}>
              <span dir="auto" className="block truncate">
                {option.label}
              </span>
              {option.hint ? (
                <span dir="auto" className="block truncate text-xs text-ink-muted">
                  {option.hint}
                </span>
              ) : null}
            </span>
            {option.value === value ? <Check aria-hidden className="size-4 text-accent-ink" /> : null}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}

const optionClass =
  'flex min-h-8 items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none select-none data-[selected=true]:bg-hover';
