import { useRouter } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '#shared/objects/objects.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { useScreenObject } from '../objects/define.ts';

export interface EmptyListProps {
  object: ObjectName;
  /** There may be records that the search or filter leaves out. */
  isNarrowed: boolean;
  onWiden: () => void;
  onCreate: (() => void) | null;
}

export function EmptyList({ object, isNarrowed, onWiden, onCreate }: EmptyListProps) {
  const { t } = useTranslation();
  const router = useRouter();
  const { icon } = useScreenObject(object);
  if (isNarrowed) {
    return (
      <EmptyState icon={SearchX} title={t('lists.noMatches')} text={t('lists.noMatchesText')}>
        <Button onClick={onWiden}>{t('lists.showAll')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={icon}
      title={t(`objects.${object}.empty.title`)}
      text={t(`objects.${object}.empty.text`)}
    >
      {onCreate ? (
        <>
          <Button kind="primary" onClick={onCreate}>
            {t(`objects.${object}.create`)}
          </Button>
          <Button onClick={() => router.history.push('/import')}>{t('lists.importInstead')}</Button>
        </>
      ) : null}
    </EmptyState>
  );
}
