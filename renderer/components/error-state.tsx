import { CloudOff, Lock, SearchX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorCode } from '#shared/errors.ts';
import { asSatchelError } from '../i18n/errors.ts';
import { messageText } from '../i18n/message.ts';
import { Button } from './button.tsx';
import { EmptyState } from './empty-state.tsx';

const icons = { not_found: SearchX, forbidden: Lock, offline: CloudOff } as const;

const textKeys: Record<ErrorCode, string> = {
  not_found: 'notFound',
  forbidden: 'forbidden',
  invalid: 'invalid',
  conflict: 'conflict',
  busy: 'busy',
  offline: 'offline',
  corrupt: 'corrupt',
  internal: 'internal',
};

export interface ErrorStateProps {
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
}

/** What a screen shows instead of its content when that could not be read; also the no-permission state. */
export function ErrorState({ error, onRetry, children }: ErrorStateProps) {
  const { t } = useTranslation();
  const { code, said } = asSatchelError(error);
  const message = messageText(t, said);
  const key = `common.errors.${textKeys[code]}`;
  const icon = code in icons ? icons[code as keyof typeof icons] : TriangleAlert;
  return (
    <div role="alert" className="h-full" data-error={code}>
      <EmptyState icon={icon} title={t(`${key}.title`)} text={t(`${key}.text`, { message })}>
        {onRetry && code !== 'forbidden' && code !== 'not_found' ? (
          <Button onClick={onRetry}>{t('common.retry')}</Button>
        ) : null}
        {children}
        {code === 'internal' || code === 'corrupt' ? (
          <details className="w-full text-xs text-ink-muted">
            <summary>{t('common.errors.details')}</summary>
            <p className="mt-2 max-w-120 select-text break-words">{message}</p>
          </details>
        ) : null}
      </EmptyState>
    </div>
  );
}
