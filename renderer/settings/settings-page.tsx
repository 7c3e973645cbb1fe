import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../components/page-header.tsx';
import { settingsPages } from '../navigation/settings-pages.ts';

export interface SettingsPageProps {
  title: string;
  text: string;
  /** Whether the person may only look: said at the top. */
  isReadOnly?: boolean;
  /** The page's main action, beside its title. */
  action?: ReactNode;
  children: ReactNode;
}

/** A page of the settings beside their navigation. */
export function SettingsPage({ title, text, isReadOnly = false, action, children }: SettingsPageProps) {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('settings.title')} />
      <div className="flex min-h-0 flex-1">
        <SettingsNavigation />
        <div className="min-w-0 flex-1 overflow-auto">
          <section className="mx-auto max-w-180 px-6 py-6">
            <div className="flex items-start gap-4">
              <div className="min-w-0 flex-1">
                <h2 className="text-lg font-semibold">{title}</h2>
                <p className="text-ink-muted">{text}</p>
              </div>
              {action}
            </div>
            {isReadOnly ? (
              <p className="mt-4 flex items-center gap-2 rounded-md bg-hover px-3 py-2 text-ink-muted">
                <Lock aria-hidden className="size-4 shrink-0" />
                {t('settings.readOnly')}
              </p>
            ) : null}
            <div className="mt-6">{children}</div>
          </section>
        </div>
      </div>
    </>
  );
}

function SettingsNavigation() {
  const { t } = useTranslation();
  return (
    <nav
      aria-label={t('settings.navigation')}
      className="w-48 shrink-0 overflow-y-auto border-r border-line p-2"
    >
      <ul className="flex flex-col gap-0.5">
        {settingsPages.map(({ path, name, icon: Icon }) => (
          <li key={path}>
            <Link
              to={path}
              activeOptions={{ exact: true }}
              className="flex h-7 items-center gap-2 rounded-md px-2 text-ink-muted hover:bg-hover hover:text-ink"
              activeProps={{ className: 'bg-hover font-medium text-ink', 'aria-current': 'page' }}
            >
              <Icon aria-hidden className="size-4 shrink-0" />
              <span className="truncate">{t(name)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
