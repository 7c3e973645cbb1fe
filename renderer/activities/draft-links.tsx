import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Combobox } from '../components/combobox.tsx';
import { useReferenceOptions } from '../fields/reference-options.ts';
import { useScreenObjects } from '../objects/define.ts';
import type { DraftLink } from './activity-draft.ts';

export interface DraftLinksProps {
  links: readonly DraftLink[];
  suggestions: readonly DraftLink[];
  onChange: (links: readonly DraftLink[]) => void;
}

const chip =
  'inline-flex h-6 max-w-60 items-center gap-1.5 rounded-sm border px-1.5 text-xs [&_svg]:size-3 [&_svg]:shrink-0';

/** The records an activity belongs to: those linked, those that may be, and any person found by typing. */
export function DraftLinks({ links, suggestions, onChange }: DraftLinksProps) {
  const { t } = useTranslation();
  const screens = useScreenObjects();
  const offered = suggestions.filter(({ id }) => !links.some((link) => link.id === id));
  return (
    <div
      className="flex flex-wrap items-center gap-1 px-3 pb-2.5"
      role="group"
      aria-label={t('composer.links')}
    >
      {links.map((link) => {
        const Icon = screens[link.object].icon;
        return (
          <span key={link.id} className={`${chip} border-line bg-hover text-ink`}>
            <Icon aria-hidden className="text-ink-muted" />
            <span className="truncate" data-content>
              {link.name}
            </span>
            {links.length > 1 ? (
              <button
                type="button"
                aria-label={t('composer.unlink', { name: link.name })}
                onClick={() => onChange(links.filter(({ id }) => id !== link.id))}
                className="-mr-0.5 rounded-sm p-0.5 text-ink-muted hover:bg-pressed hover:text-ink"
              >
                <X aria-hidden />
              </button>
            ) : null}
          </span>
        );
      })}
      {offered.map((link) => (
        <button
          key={link.id}
          type="button"
          aria-label={t('composer.suggest', { name: link.name })}
          onClick={() => onChange([...links, link])}
          className={`${chip} border-dashed border-line-strong text-ink-muted hover:bg-hover hover:text-ink`}
        >
          <Plus aria-hidden />
          <span className="truncate" data-content>
            {link.name}
          </span>
        </button>
      ))}
      <AddPerson links={links} onChange={onChange} />
    </div>
  );
}

function AddPerson({ links, onChange }: Pick<DraftLinksProps, 'links' | 'onChange'>) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { options, isLoading, setSearch } = useReferenceOptions('contacts', isOpen);
  return (
    <Combobox
      label={t('composer.linkRecord')}
      value={null}
      display={null}
      options={options.filter(({ value }) => !links.some(({ id }) => id === value))}
      isLoading={isLoading}
      onSearch={setSearch}
      isOpen={isOpen}
      onOpenChange={setOpen}
      onChange={(option) =>
        option && onChange([...links, { object: 'contacts', id: option.value, name: option.label }])
      }
      trigger={
        <button
          type="button"
          className={`${chip} border-transparent text-ink-muted hover:bg-hover hover:text-ink`}
        >
          <Plus aria-hidden />
          {t('composer.linkRecord')}
        </button>
      }
    />
  );
}
