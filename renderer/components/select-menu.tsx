import { ChevronDown } from 'lucide-react';
import { classNames } from './class-names.ts';
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from './menu.tsx';

interface SelectOption<Value extends string> {
  value: Value;
  label: string;
}

export interface SelectMenuProps<Value extends string> {
  /** What is chosen here: its accessible name. */
  label: string;
  id?: string;
  value: Value;
  options: readonly SelectOption<Value>[];
  onChange: (value: Value) => void;
  className?: string;
}

/** One of a few fixed choices. For many choices, or ones that must be searched, use Combobox. */
export function SelectMenu<Value extends string>({
  label,
  id,
  value,
  options,
  onChange,
  className,
}: SelectMenuProps<Value>) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Menu modal={false}>
      <MenuTrigger asChild>
        <button
          type="button"
          id={id}
          aria-label={`${label}: ${chosen?.label ?? ''}`}
          className={classNames(
            'inline-flex h-8 items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2.5 text-sm',
            'hover:border-ink-faint data-[state=open]:border-accent',
            className,
          )}
        >
          <span className="truncate">{chosen?.label}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
        </button>
      </MenuTrigger>
      <MenuContent>
        <MenuRadioGroup
          value={value}
          onValueChange={(next) => {
            const option = options.find((candidate) => candidate.value === next);
            if (option) onChange(option.value);
          }}
        >
          {options.map((option) => (
            <MenuRadioItem key={option.value} value={option.value}>
              {option.label}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  );
}
