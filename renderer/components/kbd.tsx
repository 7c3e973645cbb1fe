import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { displayKeys } from './keys.ts';

/** Keys of a shortcut as caps. `keys` is in the registry's form, e.g. `mod+k` or `g a`. */
export function Kbd({ keys }: { keys: string }) {
  const { t } = useTranslation();
  return (
    <span className="inline-flex items-center gap-1" data-keys={keys}>
      {displayKeys(keys).map((chord, index) => (
        <Fragment key={`${chord.join('+')}-${String(index)}`}>
          {index > 0 ? <span className="text-2xs text-ink-faint">{t('shortcuts.then')}</span> : null}
          {chord.map((key) => (
            <kbd
              key={key}
              className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line bg-canvas px-1 font-sans text-2xs text-ink-muted"
            >
              {key}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
