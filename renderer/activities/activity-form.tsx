import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ActivityType, activityDirections } from '#shared/enums.ts';
import { localTimeOf } from '#shared/time-zones.ts';
import { Button } from '../components/button.tsx';
import { classNames } from '../components/class-names.ts';
import { Kbd } from '../components/kbd.tsx';
import { shownTimeZone } from '../format/format.ts';
import { useNow } from '../format/use-now.ts';
import { keysOf } from '../shortcuts/registry.ts';
import { isShortcut } from '../shortcuts/use-shortcut.ts';
import { type ActivityDraft, boxesOf, type DraftLink, type ReadDraft, readDraft } from './activity-draft.ts';
import { DraftLinks } from './draft-links.tsx';
import { kindIcons } from './kind-icons.ts';

/** The kinds that are logged by hand; a finished task logs itself. */
export const loggedTypes = ['call', 'meeting', 'email', 'note'] as const;

export interface ActivityFormProps {
  draft: ActivityDraft;
  onChange: (draft: ActivityDraft) => void;
  /** Records that may well belong to it, one click away. */
  suggestions: readonly DraftLink[];
  /** @returns whether it was saved */
  onSave: (input: Extract<ReadDraft, { ok: true }>['input']) => Promise<boolean>;
  onEscape: () => void;
  /** At the left of the foot, e.g. that a draft is kept. */
  note?: ReactNode;
}

/** The boxes of an activity. Ctrl/Cmd+Enter saves from any of them. */
export function ActivityForm(props: ActivityFormProps) {
  const { draft, onChange, onSave, onEscape } = props;
  const { t } = useTranslation();
  const [wrong, setWrong] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const subject = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    (draft.type === 'note' ? body : subject).current?.focus();
  }, [draft.type]);

  const set = (values: Partial<ActivityDraft>) => {
    setWrong(null);
    onChange({ ...draft, ...values });
  };
  const save = async () => {
    const read = readDraft(draft, Date.now());
    if (!read.ok) {
      setWrong(read.reason);
      return;
    }
    setSaving(true);
    await onSave(read.input);
    setSaving(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isShortcut(event, 'composerSave')) {
      event.preventDefault();
      if (!isSaving) void save();
    } else if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      event.stopPropagation();
      onEscape();
    }
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- listens for keys of the boxes inside
    <form
      aria-label={t('composer.label')}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      className="rounded-lg border border-line-strong bg-raised focus-within:border-accent"
    >
      <TypeTabs value={draft.type} onChange={(type) => set({ type })} />
      <input
        ref={subject}
        value={draft.subject}
        aria-label={t('composer.subjectLabel')}
        placeholder={t(`composer.subject.${draft.type}`)}
        maxLength={1_000}
        onChange={(event) => set({ subject: event.target.value })}
        className="h-8 w-full bg-transparent px-3 font-medium outline-none"
      />
      <textarea
        ref={body}
        value={draft.body}
        rows={3}
        aria-label={t('composer.bodyLabel')}
        placeholder={t(`composer.body.${draft.type}`)}
        maxLength={100_000}
        onChange={(event) => set({ body: event.target.value })}
        className="block field-sizing-content max-h-60 min-h-16 w-full resize-none bg-transparent px-3 py-1 outline-none"
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 pb-2">
        <DetailBoxes draft={draft} set={set} />
      </div>
      <DraftLinks links={draft.links} suggestions={props.suggestions} onChange={(links) => set({ links })} />
      <footer className="flex min-h-11 items-center gap-2 border-t border-line px-3 py-1.5">
        <div className="min-w-0 flex-1 text-xs text-ink-faint" aria-live="polite">
          {wrong ? <span className="text-danger">{t(`composer.${wrong}`)}</span> : props.note}
        </div>
        <Button kind="quiet" size="small" onClick={onEscape}>
          {t('common.close')}
        </Button>
        <Kbd keys={keysOf('composerSave')} />
        <Button kind="primary" size="small" type="submit" disabled={isSaving}>
          {isSaving ? t('composer.saving') : t('composer.save')}
        </Button>
      </footer>
    </form>
  );
}

function TypeTabs({ value, onChange }: { value: ActivityType; onChange: (type: ActivityType) => void }) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <div role="radiogroup" aria-label={t('composer.types')} className="flex gap-1 p-1.5">
      {loggedTypes.map((type) => {
        const Icon = kindIcons[type];
        return (
          <label
            key={type}
            className={classNames(
              'flex h-7 items-center gap-1.5 rounded-md px-2 text-xs has-focus-visible:outline-2 has-focus-visible:outline-accent [&_svg]:size-3.5',
              type === value ? 'bg-pressed font-medium' : 'text-ink-muted hover:bg-hover hover:text-ink',
            )}
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={type === value}
              onChange={() => onChange(type)}
            />
            <Icon aria-hidden />
            {t(`options.activityType.${type}`)}
          </label>
        );
      })}
    </div>
  );
}

const boxClass =
  'h-6 rounded-sm border border-line bg-surface px-1.5 text-xs text-ink hover:border-line-strong focus:border-accent';

function DetailBoxes({
  draft,
  set,
}: {
  draft: ActivityDraft;
  set: (values: Partial<ActivityDraft>) => void;
}) {
  const { t } = useTranslation();
  const boxes = boxesOf(draft.type);
  const now = useNow();
  return (
    <>
      <Box label={t('composer.when')}>
        <input
          type="datetime-local"
          className={classNames(boxClass, 'tabular-nums')}
          value={draft.when === '' ? localTimeOf(now, shownTimeZone()) : draft.when}
          onChange={(event) => set({ when: event.target.value })}
        />
      </Box>
      {boxes.duration ? (
        <Box label={t('composer.duration')}>
          <input
            inputMode="numeric"
            className={classNames(boxClass, 'w-14 tabular-nums')}
            value={draft.duration}
            onChange={(event) => set({ duration: event.target.value })}
          />
        </Box>
      ) : null}
      {boxes.direction ? (
        <div
          role="group"
          aria-label={t('composer.direction')}
          className="flex rounded-sm border border-line bg-surface"
        >
          {activityDirections.map((direction) => (
            <button
              key={direction}
              type="button"
              aria-pressed={draft.direction === direction}
              onClick={() => set({ direction: draft.direction === direction ? null : direction })}
              className={classNames(
                'h-5.5 rounded-sm px-2 text-xs',
                draft.direction === direction
                  ? 'bg-pressed font-medium'
                  : 'text-ink-muted hover:bg-hover hover:text-ink',
              )}
            >
              {t(`options.activityDirection.${direction}`)}
            </button>
          ))}
        </div>
      ) : null}
      {boxes.outcome ? (
        <Box label={t('composer.outcome')}>
          <input
            className={classNames(boxClass, 'w-40')}
            maxLength={1_000}
            value={draft.outcome}
            onChange={(event) => set({ outcome: event.target.value })}
          />
        </Box>
      ) : null}
    </>
  );
}

function Box({ label, children }: { label: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the box comes as a child
    <label className="flex items-center gap-1.5 text-xs text-ink-muted">
      {label}
      {children}
    </label>
  );
}
