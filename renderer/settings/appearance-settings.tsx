import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { themes, useAppearance } from '../appearance/appearance.ts';
import { Button } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { Kbd } from '../components/kbd.tsx';
import { SelectMenu } from '../components/select-menu.tsx';
import { PageHeader } from '../frame/page-header.tsx';
import { languages } from '../i18n/i18n.ts';
import { keysOf } from '../shortcuts/registry.ts';
import { useShortcutSheet } from '../shortcuts/shortcut-sheet-state.ts';

export function AppearanceSettings() {
  const { t } = useTranslation();
  const { theme, language } = useAppearance();
  const themeLabel = useId();
  return (
    <>
      <PageHeader title={t('settings.title')} />
      <div className="overflow-auto">
        <section className="mx-auto max-w-160 px-6 py-8">
          <h2 className="text-lg font-semibold">{t('settings.appearance')}</h2>
          <p className="text-ink-muted">{t('settings.appearanceText')}</p>
          <div className="mt-6 divide-y divide-line border-y border-line">
            <div className="flex items-center justify-between gap-6 py-3">
              <h3 id={themeLabel} className="font-medium">
                {t('settings.theme')}
              </h3>
              <div
                role="radiogroup"
                aria-labelledby={themeLabel}
                className="flex rounded-md border border-line p-0.5"
              >
                {themes.map((choice) => (
                  <label
                    key={choice}
                    className={classNames(
                      'flex h-7 items-center rounded-sm px-3 has-focus-visible:outline-2 has-focus-visible:outline-accent',
                      choice === theme ? 'bg-pressed font-medium' : 'text-ink-muted hover:text-ink',
                    )}
                  >
                    <input
                      type="radio"
                      name="theme"
                      className="sr-only"
                      checked={choice === theme}
                      onChange={() => useAppearance.setState({ theme: choice })}
                    />
                    {t(`settings.themes.${choice}`)}
                  </label>
                ))}
              </div>
            </div>
            <div className="flex items-center justify-between gap-6 py-3">
              <div>
                <h3 className="font-medium">{t('settings.language')}</h3>
                <p className="text-xs text-ink-muted">{t('settings.languageHint')}</p>
              </div>
              <SelectMenu
                label={t('settings.language')}
                value={language}
                options={languages.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
                onChange={(next) => useAppearance.setState({ language: next })}
              />
            </div>
            <div className="flex items-center justify-between gap-6 py-3">
              <div>
                <h3 className="font-medium">{t('settings.shortcuts')}</h3>
                <p className="flex items-center gap-1.5 text-xs text-ink-muted">
                  {t('settings.shortcutsText')} <Kbd keys={keysOf('sheet')} />
                </p>
              </div>
              <Button onClick={() => useShortcutSheet.setState({ isOpen: true })}>
                {t('settings.showShortcuts')}
              </Button>
            </div>
          </div>
        </section>
      </div>
    </>
  );
}
