import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../client/connection-state.ts';
import { Spinner } from '../components/spinner.tsx';

/** Says that what shows may be old, while the workspace cannot be reached. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const state = useConnection((connection) => connection.state);
  if (state === 'signed_out') {
    return (
      <div
        role="alert"
        className="flex min-h-8 shrink-0 items-center justify-center gap-2 border-b border-line bg-warning-soft px-4 py-1 text-xs text-warning"
      >
        <KeyRound aria-hidden className="size-3.5 shrink-0" />
        {t('frame.signedOut')}
      </div>
    );
  }
  if (state !== 'lost') return null;
  return (
    <div
      role="status"
      className="flex h-8 shrink-0 items-center justify-center gap-2 border-b border-line bg-warning-soft px-4 text-xs text-warning"
    >
      <Spinner className="size-3.5 text-warning!" />
      {t('frame.reconnecting')}
    </div>
  );
}
