import { MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '#shared/contract/timeline.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { IconButton } from '../components/button.tsx';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../components/menu.tsx';
import { formatTime } from '../format/format.ts';
import { RecordLink } from '../navigation/record-link.tsx';
import { useScreenObjects } from '../objects/define.ts';
import { EditActivity } from './edit-activity.tsx';
import { kindIcons } from './kind-icons.ts';
import { LongText } from './long-text.tsx';
import { useActivityActions } from './use-activity-actions.ts';

export interface ActivityEntryProps {
  activity: Activity;
  /** The record on whose page it shows: not named again. */
  page: { object: ObjectName; id: string };
  canEdit: boolean;
  isEditing: boolean;
  onEdit: (isEditing: boolean) => void;
}

export function ActivityEntry(props: ActivityEntryProps) {
  if (!props.isEditing) return <ShownActivity {...props} />;
  return (
    <div className="py-2">
      <EditActivity activity={props.activity} onEnd={() => props.onEdit(false)} />
    </div>
  );
}

function ShownActivity({ activity, page, canEdit, onEdit }: ActivityEntryProps) {
  const { t } = useTranslation();
  const Icon = kindIcons[activity.type];
  const screens = useScreenObjects();
  const links = activity.links.filter((link) => link.id !== page.id);
  return (
    <article className="group/entry flex gap-3 rounded-md py-2" data-kind={activity.type}>
      <span className="mt-px flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent-ink">
        <Icon aria-hidden className="size-3.5" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex min-h-6 items-start gap-2">
          <p className="min-w-0 flex-1 pt-0.5">
            <span className="mr-2 font-semibold break-words" data-content={activity.subject ? '' : undefined}>
              {activity.subject ?? t(`options.activityType.${activity.type}`)}
            </span>
            <ActivityFacts activity={activity} />
          </p>
          {canEdit ? <ActivityMenu activity={activity} onEdit={() => onEdit(true)} /> : null}
          <time
            dateTime={activity.occurredAt}
            className="shrink-0 pt-0.5 text-xs/5 text-ink-faint tabular-nums"
            data-content
          >
            {formatTime(activity.occurredAt)}
          </time>
        </div>
        {activity.body ? <LongText text={activity.body} /> : null}
        {links.length > 0 ? (
          <ul className="mt-1 flex flex-wrap gap-1">
            {links.map((link) => {
              const LinkIcon = screens[link.object].icon;
              return (
                <li key={link.id} className="max-w-full">
                  <RecordLink
                    object={link.object}
                    id={link.id}
                    className="inline-flex h-6 max-w-full items-center gap-1.5 rounded-sm border border-line px-1.5 text-xs text-ink-muted hover:bg-hover hover:text-ink"
                  >
                    <LinkIcon aria-hidden className="size-3 shrink-0" />
                    <span className="truncate" data-content>
                      {link.name}
                    </span>
                  </RecordLink>
                </li>
              );
            })}
          </ul>
        ) : null}
      </div>
    </article>
  );
}

/** Who, how long, which way and what came of it, where known. */
function ActivityFacts({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const { userName, durationMinutes, direction, outcome } = activity;
  const facts = [
    userName === null ? null : { key: 'who', text: userName, isContent: true },
    direction === null
      ? null
      : { key: 'direction', text: t(`options.activityDirection.${direction}`), isContent: false },
    durationMinutes === null
      ? null
      : {
          key: 'duration',
          text: t('timeline.minutes', { minutes: durationMinutes }),
          isContent: false,
        },
    outcome === null ? null : { key: 'outcome', text: outcome, isContent: true },
  ].filter((fact) => fact !== null);
  return (
    <span className="text-xs text-ink-muted">
      {facts.map(({ key, text, isContent }) => (
        <span key={key} className="mr-2 inline-block" data-content={isContent ? '' : undefined}>
          {text}
        </span>
      ))}
    </span>
  );
}

function ActivityMenu({ activity, onEdit }: { activity: Activity; onEdit: () => void }) {
  const { t } = useTranslation();
  const { remove } = useActivityActions();
  return (
    <Menu modal={false}>
      <MenuTrigger asChild>
        <IconButton
          label={t('timeline.actions')}
          className="size-6! opacity-0 group-hover/entry:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100"
        >
          <MoreHorizontal aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem onSelect={onEdit}>
          <Pencil aria-hidden />
          {t('timeline.edit')}
        </MenuItem>
        <MenuItem isDestructive onSelect={() => void remove(activity)}>
          <Trash2 aria-hidden />
          {t('timeline.remove')}
        </MenuItem>
      </MenuContent>
    </Menu>
  );
}
