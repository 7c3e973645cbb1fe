import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/empty-state.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={MapPinOff} title={t('frame.notFound.title')} text={t('frame.notFound.text')}>
      <Link to="/" className="text-sm font-medium text-accent-ink hover:underline">
        {t('frame.openStart')}
      </Link>
    </EmptyState>
  );
}
