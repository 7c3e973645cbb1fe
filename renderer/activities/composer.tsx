import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityType } from '#shared/enums.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { type AnyRecord, titleOf } from '../client/record-client.ts';
import { Button } from '../components/button.tsx';
import { Kbd } from '../components/kbd.tsx';
import { keysOf, type ShortcutId } from '../shortcuts/registry.ts';
import { useShortcut } from '../shortcuts/use-shortcut.ts';
import { type ActivityDraft, type DraftLink, emptyDraft, hasText } from './activity-draft.ts';
import { ActivityForm, loggedTypes } from './activity-form.tsx';
import { dropDraft, keepDraft, useDrafts } from './drafts.ts';
import { kindIcons } from './kind-icons.ts';
import { useSuggestedLinks } from './suggested-links.ts';
import { useActivityActions } from './use-activity-actions.ts';

const shortcutOf: Record<(typeof loggedTypes)[number], ShortcutId> = {
  call: 'composeCall',
  meeting: 'composeMeeting',
  email: 'composeEmail',
  note: 'composeNote',
};

export interface ComposerProps {
  object: ObjectName;
  record: AnyRecord;
  canLog: boolean;
}

/** Logs what happened in seconds: one key opens it, Ctrl/Cmd+Enter saves, and what is typed is kept until then. */
export function Composer({ object, record, canLog }: ComposerProps) {
  const kept = useDrafts(({ drafts }) => drafts[record.id]);
  const [isOpen, setOpen] = useState(kept !== undefined);
  const [lastType, setLastType] = useState<ActivityType>('call');
  const start = (type: ActivityType) => {
    const own: DraftLink = { object, id: record.id, name: titleOf(object, record) };
    keepDraft(record.id, kept ? { ...kept, type } : emptyDraft(type, [own]));
    setLastType(type);
    setOpen(true);
  };
  useShortcut('composeCall', () => start('call'), canLog);
  useShortcut('composeMeeting', () => start('meeting'), canLog);
  useShortcut('composeEmail', () => start('email'), canLog);
  useShortcut('composeNote', () => start('note'), canLog);

  if (!canLog) return null;
  return (
    <div className="@container shrink-0 border-b border-line p-3">
      {isOpen && kept ? (
        <OpenComposer object={object} record={record} draft={kept} onClose={() => setOpen(false)} />
      ) : (
        <ClosedComposer hasDraft={kept !== undefined} lastType={kept?.type ?? lastType} onStart={start} />
      )}
    </div>
  );
}

interface OpenComposerProps {
  object: ObjectName;
  record: AnyRecord;
  draft: ActivityDraft;
  onClose: () => void;
}

function OpenComposer({ object, record, draft, onClose }: OpenComposerProps) {
  const { t } = useTranslation();
  const { log } = useActivityActions();
  const suggestions = useSuggestedLinks(object, record, true);
  const discard = () => {
    dropDraft(record.id);
    onClose();
  };
  return (
    <ActivityForm
      draft={draft}
      suggestions={suggestions}
      onChange={(next) => keepDraft(record.id, next)}
      onSave={async (input) => {
        const isSaved = await log(input);
        if (isSaved) discard();
        return isSaved;
      }}
      onEscape={hasText(draft) ? onClose : discard}
      note={
        hasText(draft) ? (
          <span className="flex items-center gap-2">
            {t('composer.draftKept')}
            <Button kind="quiet" size="small" onClick={discard}>
              {t('composer.discard')}
            </Button>
          </span>
        ) : null
      }
    />
  );
}

interface ClosedComposerProps {
  hasDraft: boolean;
  lastType: ActivityType;
  onStart: (type: ActivityType) => void;
}

function ClosedComposer({ hasDraft, lastType, onStart }: ClosedComposerProps) {
  const { t } = useTranslation();
  return (
    <div className="flex h-9 items-center gap-1 rounded-lg border border-line-strong pr-1 hover:border-ink-faint">
      <button
        type="button"
        onClick={() => onStart(lastType)}
        className="h-full min-w-0 flex-1 truncate rounded-lg px-3 text-left text-ink-faint"
      >
        {hasDraft ? t('composer.draftKept') : t('composer.collapsed')}
      </button>
      {loggedTypes.map((type) => {
        const Icon = kindIcons[type];
        return (
          <Button key={type} kind="quiet" size="small" onClick={() => onStart(type)}>
            <Icon aria-hidden />
            {t(`options.activityType.${type}`)}
            <span className="@max-2xl:hidden">
              <Kbd keys={keysOf(shortcutOf[type])} />
            </span>
          </Button>
        );
      })}
    </div>
  );
}
