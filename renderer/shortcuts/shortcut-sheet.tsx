import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogContent } from '../components/dialog.tsx';
import { Kbd } from '../components/kbd.tsx';
import { useScreenObjects } from '../objects/define.ts';
import { shortcutGroups, shortcutsWith } from './registry.ts';
import { useShortcutSheet } from './shortcut-sheet-state.ts';
import { useShortcut } from './use-shortcut.ts';

export function ShortcutSheet() {
  const { t } = useTranslation();
  const isOpen = useShortcutSheet((sheet) => sheet.isOpen);
  useShortcut('sheet', () => useShortcutSheet.setState({ isOpen: true }));
  const all = shortcutsWith(useScreenObjects());
  const groups = shortcutGroups
    .map((group) => ({ group, members: all.filter((shortcut) => shortcut.group === group) }))
    .filter(({ members }) => members.length > 0);
  return (
    <Dialog open={isOpen} onOpenChange={(open) => useShortcutSheet.setState({ isOpen: open })}>
      <DialogContent
        title={t('shortcuts.title')}
        width="large"
        tabIndex={-1}
        onOpenAutoFocus={(event) => {
          // There is nothing to do in it but read: the focus goes to the sheet, not to its close button.
          event.preventDefault();
          if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
        }}
      >
        {/* Where it scrolls, the keyboard must be able to scroll it. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
        <div className="columns-2 gap-10 overflow-auto p-5" tabIndex={0}>
          {groups.map(({ group, members }) => (
            <section key={group} className="mb-5 break-inside-avoid">
              <h3 className="mb-1 text-xs font-medium text-ink-faint">{t(`shortcuts.groups.${group}`)}</h3>
              <dl>
                {members.map(({ id, name, keys }) => (
                  <div
                    key={id}
                    className="flex h-7 items-center justify-between gap-4 border-b border-line last:border-0"
                  >
                    <dt className="truncate">{t(name)}</dt>
                    <dd className="flex shrink-0 items-center gap-1.5">
                      {keys.map((alternative, index) => (
                        <Fragment key={alternative}>
                          {index > 0 ? (
                            <span className="text-2xs text-ink-faint">{t('shortcuts.or')}</span>
                          ) : null}
                          <Kbd keys={alternative} />
                        </Fragment>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}
