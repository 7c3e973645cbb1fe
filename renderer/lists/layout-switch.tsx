import { type LucideIcon, Rows3 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ViewDefinition } from '#shared/contract/views.ts';
import { classNames } from '../components/class-names.ts';
import type { ScreenObject } from '../objects/define.ts';

type LayoutName = ViewDefinition['layout'];

export interface LayoutSwitchProps {
  screen: ScreenObject;
  value: LayoutName;
  onChange: (layout: LayoutName) => void;
}

/** The same records as rows, or in a layout of their object's own. */
export function LayoutSwitch({ screen, value, onChange }: LayoutSwitchProps) {
  const { t } = useTranslation();
  const choices: readonly { name: LayoutName; label: string; icon: LucideIcon }[] = [
    { name: 'list', label: t('lists.layouts.list'), icon: Rows3 },
    ...screen.layouts.map(({ name, icon }) => ({
      name,
      label: t(`objects.${screen.name}.layouts.${name}`),
      icon,
    })),
  ];
  return (
    <div
      role="group"
      aria-label={t('lists.layouts.title')}
      className="flex shrink-0 rounded-md border border-line p-0.5"
    >
      {choices.map(({ name, label, icon: Icon }) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === value}
          onClick={() => onChange(name)}
          className={classNames(
            'flex h-5.5 items-center gap-1.5 rounded-sm px-2 text-xs [&_svg]:size-3.5',
            name === value ? 'bg-pressed font-medium' : 'text-ink-muted hover:text-ink',
          )}
        >
          <Icon aria-hidden />
          {label}
        </button>
      ))}
    </div>
  );
}
