import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/client-context.tsx';
import type { AnyRecord } from '../client/record-client.ts';
import { useErrorToast } from '../edits/toasts.tsx';
import { type ListSource, pageQuery, rowsPerPage } from './list-rows.ts';
import { type Chosen, choose, chooseMany, everything, isChosen, nothing } from './selection.ts';

/** A range longer than this is not read row by row; choosing everything has no such limit. */
const longestRange = 5_000;

/** The rows that are chosen in a list. Forgets them when the list shows other records. */
export function useChoice(source: ListSource) {
  const client = useClient();
  const queries = useQueryClient();
  const { t } = useTranslation();
  const showError = useErrorToast();
  const shown = JSON.stringify(source.scope);
  const [state, setState] = useState<{ shown: string; chosen: Chosen }>({ shown, chosen: nothing });
  const chosen = state.shown === shown ? state.chosen : nothing;
  const set = (update: (before: Chosen) => Chosen) =>
    setState((before) => ({ shown, chosen: update(before.shown === shown ? before.chosen : nothing) }));

  const chooseRange = async (from: number, to: number) => {
    const first = Math.max(Math.min(from, to), Math.max(from, to) - longestRange);
    const last = Math.max(from, to);
    try {
      const ids: string[] = [];
      for (let page = Math.floor(first / rowsPerPage); page <= Math.floor(last / rowsPerPage); page += 1) {
        const { rows } = await queries.ensureQueryData(pageQuery(client, queries, source, page));
        const start = page * rowsPerPage;
        ids.push(...rows.filter((_, at) => start + at >= first && start + at <= last).map(({ id }) => id));
      }
      set((before) => chooseMany(before, ids));
    } catch (error) {
      showError(t('lists.rangeFailed'), error);
    }
  };

  return {
    chosen,
    onChoose: {
      toggle: ({ id }: AnyRecord) => set((before) => choose(before, id, !isChosen(before, id))),
      range: (from: number, to: number) => void chooseRange(from, to),
      all: () => set(() => everything),
      clear: () => set(() => nothing),
    },
  };
}
