import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { themes, useAppearance } from '../appearance/appearance.ts';
import { Button } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { Kbd } from '../components/kbd.tsx';
import { SelectMenu } from '../components/select-menu.tsx';
import { languages } from '../i18n/i18n.ts';
import { keysOf } from '../shortcuts/registry.ts';
import { useShortcutSheet } from '../shortcuts/shortcut-sheet-state.ts';
import { SettingRow } from './setting-row.tsx';
import { SettingsPage } from './settings-page.tsx';

export function AppearanceSettings() {
  const { t } = useTranslation();
  const { theme, language } = useAppearance();
  const themeLabel = useId();
  return (
    <SettingsPage title={t('settings.appearance.title')} text={t('settings.appearance.text')}>
      <div className="divide-y divide-line border-y border-line">
        <SettingRow label={t('settings.appearance.theme')} labelId={themeLabel}>
          <div
            role="radiogroup"
            aria-labelledby={themeLabel}
            className="flex rounded-md border border-line p-0.5"
          >
            {themes.map((choice) => (
              <label
                key={choice}
                className={classNames(
                  'flex h-7 items-center rounded-sm px-3 whitespace-nowrap has-focus-visible:outline-2 has-focus-visible:outline-accent',
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
                {t(`settings.appearance.themes.${choice}`)}
              </label>
            ))}
          </div>
        </SettingRow>
        <SettingRow label={t('settings.appearance.language')} hint={t('settings.appearance.languageHint')}>
          <SelectMenu
            label={t('settings.appearance.language')}
            value={language}
            options={languages.map((value) => ({
              value,
              label: t(`settings.appearance.languages.${value}`),
            }))}
            onChange={(next) => useAppearance.setState({ language: next })}
          />
        </SettingRow>
        <SettingRow
          label={t('settings.appearance.shortcuts')}
          hint={
            <>
              {t('settings.appearance.shortcutsText')} <Kbd keys={keysOf('sheet')} />
            </>
          }
        >
          <Button onClick={() => useShortcutSheet.setState({ isOpen: true })}>
            {t('settings.appearance.showShortcuts')}
          </Button>
        </SettingRow>
      </div>
    </SettingsPage>
  );
}
