import { useQuery } from '@tanstack/react-query';
import type { FilterGroup, Sort } from '#shared/contract/list.ts';
import type { SavedView, ViewDefinition } from '#shared/contract/views.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from '../client/client-context.tsx';
import { queryKeys } from '../client/query-keys.ts';
import { defaultDefinition } from '../grid/list-definition.ts';
import { type ListSetting, untouched, useListSettings } from '../grid/list-settings.ts';

interface ListChange {
  columns?: ViewDefinition['columns'];
  sort?: Sort[];
  layout?: ViewDefinition['layout'];
  /** Null removes it. */
  filter?: FilterGroup | null;
}

export interface ListState {
  readonly views: readonly SavedView[];
  readonly view: SavedView | null;
  readonly definition: ViewDefinition;
  /** Differs from the chosen view, or from the defaults where none is chosen. */
  readonly isChanged: boolean;
  readonly change: (part: ListChange) => void;
  readonly chooseView: (view: Pick<SavedView, 'id' | 'definition'> | null) => void;
  /** Back to the chosen view, or the defaults. */
  readonly reset: () => void;
}

export function useListState(object: ObjectName): ListState {
  const client = useClient();
  const { data: views } = useQuery({
    queryKey: queryKeys.views(object),
    queryFn: ({ signal }) => client.views.list({ object }, { signal }),
  });
  const setting = useListSettings((state) => state.settings[object]) ?? untouched;
  const set = (next: ListSetting) =>
    useListSettings.setState(({ settings }) => ({ settings: { ...settings, [object]: next } }));

  const view = views?.find(({ id }) => id === setting.viewId) ?? null;
  const base = (views ? view?.definition : setting.chosen) ?? defaultDefinition(object);
  const definition = setting.draft ?? base;
  return {
    views: views ?? [],
    view,
    definition,
    isChanged: setting.draft !== null && JSON.stringify(setting.draft) !== JSON.stringify(base),
    change: ({ filter, ...part }) => {
      const { filter: current, ...rest } = { ...definition, ...part };
      const next = filter === undefined ? current : filter;
      set({ ...setting, draft: next ? { ...rest, filter: next } : rest });
    },
    chooseView: (chosen) =>
      set({ viewId: chosen?.id ?? null, draft: null, ...(chosen ? { chosen: chosen.definition } : {}) }),
    reset: () => set({ ...setting, draft: null }),
  };
}
