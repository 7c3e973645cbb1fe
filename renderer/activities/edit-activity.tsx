import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '#shared/contract/timeline.ts';
import { localTimeOf } from '#shared/time-zones.ts';
import { Button } from '../components/button.tsx';
import { shownTimeZone } from '../format/format.ts';
import type { ActivityDraft } from './activity-draft.ts';
import { ActivityForm } from './activity-form.tsx';
import { useActivityActions } from './use-activity-actions.ts';

/** An activity's boxes in place of the activity. */
export function EditActivity({ activity, onEnd }: { activity: Activity; onEnd: () => void }) {
  const { t } = useTranslation();
  const { change } = useActivityActions();
  const when = localTimeOf(activity.occurredAt, shownTimeZone());
  const [draft, setDraft] = useState<ActivityDraft>({
    type: activity.type,
    subject: activity.subject ?? '',
    body: activity.body ?? '',
    outcome: activity.outcome ?? '',
    direction: activity.direction,
    duration: activity.durationMinutes === null ? '' : String(activity.durationMinutes),
    when,
    links: activity.links,
  });
  return (
    <ActivityForm
      draft={draft}
      suggestions={[]}
      onChange={setDraft}
      onSave={async (input) => {
        // The box shows minutes; an unchanged one must not cut the seconds off.
        const occurredAt = draft.when === when ? activity.occurredAt : input.occurredAt;
        const isSaved = await change(activity, { ...input, occurredAt });
        if (isSaved) onEnd();
        return isSaved;
      }}
      onEscape={onEnd}
      note={
        <Button kind="quiet" size="small" onClick={onEnd}>
          {t('common.cancel')}
        </Button>
      }
    />
  );
}
