import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { FilterGroup } from '#shared/contract/list.ts';
import type { ViewDefinition } from '#shared/contract/views.ts';
import type { ImportBatchId } from '#shared/ids.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { defaultDefinition } from './list-definition.ts';

/** Which import a record came with. It is no field of any object: a list is narrowed to it from an import's report. */
export const importField = 'importBatchId';

/** How one object's list is set up on this device: the chosen view, and what was changed since. */
export interface ListSetting {
  viewId: string | null;
  /** The chosen view as it was then: the list shows it while its views are being read, and not another one first. */
  chosen?: ViewDefinition;
  draft: ViewDefinition | null;
}
/** By object; what was kept by an earlier version may name others. */
type ListSettings = Readonly<Record<string, ListSetting>>;

export const untouched: ListSetting = { viewId: null, draft: null };

export const useListSettings = create<{ settings: ListSettings }>()(
  persist((): { settings: ListSettings } => ({ settings: {} }), { name: 'satchel-lists' }),
);

/** Shows in an object's list what an import made, until the person resets the list or chooses a view. */
export function narrowListToImport(object: ObjectName, batchId: ImportBatchId): void {
  const filter: FilterGroup = {
    join: 'and',
    conditions: [{ field: importField, operator: 'is', values: [batchId] }],
  };
  const draft = { ...defaultDefinition(object), filter };
  useListSettings.setState(({ settings }) => ({
    settings: { ...settings, [object]: { viewId: null, draft } },
  }));
}
