import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Command } from 'cmdk';
import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '#shared/contract/search.ts';
import { fold } from '#shared/text/fold.ts';
import { useClient } from '../client/client-context.tsx';
import { useWorkspace } from '../client/queries.ts';
import { queryKeys } from '../client/query-keys.ts';
import { Badge, Dot } from '../components/badge.tsx';
import { Kbd } from '../components/kbd.tsx';
import { Spinner } from '../components/spinner.tsx';
import { useFields, useOptionLabel } from '../fields/fields.ts';
import { toneOfOption } from '../fields/option-tones.ts';
import { valueText } from '../fields/value-text.ts';
import { useRecentRecords } from '../navigation/recent-records.ts';
import { useScreenObjects } from '../objects/define.ts';
import { type PaletteCommand, useCommands } from './use-commands.ts';

const groupOrder: readonly PaletteCommand['group'][] = ['selection', 'page', 'create', 'go', 'general'];

export function PaletteContent({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const router = useRouter();
  const client = useClient();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const commands = useCommands().filter(({ label }) => matches(label, text));
  const screens = useScreenObjects();
  const recent = useRecentRecords((state) => state.records);
  const hits = useQuery({
    queryKey: queryKeys.search(search),
    queryFn: ({ signal }) => client.search.quick({ text: search, limit: 12 }, { signal }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  const found = search === '' ? [] : (hits.data ?? []);

  const run = (action: () => void) => {
    onClose();
    action();
  };
  const open = (object: string, id: string) => run(() => router.history.push(`/${object}/${id}`));

  return (
    <Command shouldFilter={false} loop label={t('palette.title')}>
      <div className="flex items-center border-b border-line pr-4">
        <Command.Input
          autoFocus
          value={text}
          onValueChange={setText}
          placeholder={t('palette.placeholder')}
          className="h-12 min-w-0 flex-1 bg-transparent px-4 text-base outline-none"
        />
        {hits.isFetching ? <Spinner /> : null}
      </div>
      <Command.List label={t('palette.title')} className="max-h-[52vh] overflow-auto p-2">
        {hits.isFetching ? null : (
          <Command.Empty className="py-8 text-center text-ink-muted">
            {t('palette.nothing', { text })}
          </Command.Empty>
        )}
        {found.length > 0 ? (
          <Command.Group heading={<Heading text={t('palette.groups.results')} />}>
            {found.map((hit) => (
              <Row
                key={`${hit.object}-${hit.id}`}
                value={`hit-${hit.id}`}
                icon={screens[hit.object].icon}
                onSelect={() => open(hit.object, hit.id)}
              >
                <NameOf title={hit.title} hint={hit.subtitle} />
                <Details hit={hit} />
                {hit.isTrashed ? <Badge tone="danger">{t('palette.inTrash')}</Badge> : null}
              </Row>
            ))}
          </Command.Group>
        ) : null}
        {text === '' && recent.length > 0 ? (
          <Command.Group heading={<Heading text={t('palette.groups.recent')} />}>
            {recent.slice(0, 5).map(({ object, id, title, hint }) => (
              <Row
                key={id}
                value={`recent-${id}`}
                icon={screens[object].icon}
                onSelect={() => open(object, id)}
              >
                <NameOf title={title} hint={hint ?? null} />
              </Row>
            ))}
          </Command.Group>
        ) : null}
        {groupOrder.map((group) => {
          const members = commands.filter((command) => command.group === group);
          if (members.length === 0) return null;
          return (
            <Command.Group key={group} heading={<Heading text={t(`palette.groups.${group}`)} />}>
              {members.map(({ id, label, icon, keys, run: action }) => (
                <Row key={id} value={id} icon={icon} onSelect={() => run(action)}>
                  <span className="min-w-0 flex-1 truncate">{label}</span>
                  {keys ? <Kbd keys={keys} /> : null}
                </Row>
              ))}
            </Command.Group>
          );
        })}
      </Command.List>
    </Command>
  );
}

function NameOf({ title, hint }: { title: string; hint: string | null }) {
  return (
    <span className="min-w-0 flex-1 truncate" data-content>
      <bdi>{title}</bdi>
      {hint ? <bdi className="ml-2 text-ink-muted">{hint}</bdi> : null}
    </span>
  );
}

/** What tells a hit from another of its name. */
function Details({ hit }: { hit: SearchHit }) {
  const fields = useFields(hit.object);
  const optionLabel = useOptionLabel();
  const { currency } = useWorkspace().workspace;
  const parts = hit.details.flatMap(({ field: key, value }) => {
    const field = fields.find((each) => each.key === key);
    if (!field) return [];
    return [
      {
        field,
        value,
        text: field.type === 'select' ? optionLabel(field, value) : valueText(field, value, currency),
      },
    ];
  });
  return (
    <span className="flex max-w-1/2 min-w-0 shrink-0 items-center gap-3 text-xs text-ink-muted tabular-nums">
      {parts.map(({ field, value, text }) => (
        <span
          key={field.key}
          className="inline-flex min-w-0 items-center gap-1.5"
          data-content={field.type === 'select' ? undefined : ''}
        >
          {field.type === 'select' ? <Dot tone={toneOfOption(field.optionsName, value)} /> : null}
          <bdi className="truncate">{text}</bdi>
        </span>
      ))}
    </span>
  );
}

/** Every typed word begins a word of the label. */
function matches(label: string, text: string): boolean {
  const words = fold(label).split(' ');
  return fold(text)
    .split(' ')
    .every((typed) => words.some((word) => word.startsWith(typed)));
}

function Heading({ text }: { text: string }) {
  return <span className="block px-2 pt-2 pb-1 text-xs font-medium text-ink-faint">{text}</span>;
}

function Row({
  value,
  icon: Icon,
  onSelect,
  children,
}: {
  value: string;
  icon: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 items-center gap-3 rounded-md px-2 outline-none select-none data-[selected=true]:bg-pressed data-[selected=true]:shadow-[inset_3px_0_var(--accent)] rtl:data-[selected=true]:shadow-[inset_-3px_0_var(--accent)]"
    >
      <Icon aria-hidden className="size-4 shrink-0 text-ink-muted" />
      {children}
    </Command.Item>
  );
}
