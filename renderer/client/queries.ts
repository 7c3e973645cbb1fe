import { skipToken, useQuery } from '@tanstack/react-query';
import type { WorkspaceStatus } from '#shared/contract/workspace.ts';
import { SatchelError } from '#shared/errors.ts';
import { type RecordId, recordIdSchema } from '#shared/ids.ts';
import { say } from '#shared/message.ts';
import type { ObjectName } from '#shared/objects/objects.ts';
import { useClient } from './client-context.tsx';
import { queryKeys } from './query-keys.ts';
import { recordClient } from './record-client.ts';

const upgradePollMs = 500;

export function useStatus() {
  const client = useClient();
  return useQuery({
    queryKey: queryKeys.status(),
    queryFn: ({ signal }) => client.workspace.status({}, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'upgrading' ? upgradePollMs : false),
  });
}

export type ReadyStatus = Extract<WorkspaceStatus, { state: 'ready' }>;

/** The workspace and person, inside the frame (which only shows when the workspace is ready). */
export function useWorkspace(): ReadyStatus {
  const { data } = useStatus();
  if (data?.state !== 'ready') throw new Error('useWorkspace is for screens inside the frame.');
  return data;
}

/** An id from an address, where anybody can write anything: what is no id is that of no record. */
export function recordIdOf(text: string): RecordId {
  const id = recordIdSchema.safeParse(text);
  if (id.success) return id.data;
  throw new SatchelError('not_found', say`There is no such record.`);
}

/** One record, also a trashed one. */
export function useRecordQuery(object: ObjectName, id: string) {
  const client = useClient();
  return useQuery({
    queryKey: queryKeys.record(object, id),
    queryFn: ({ signal }) => recordClient(client, object).get({ id: recordIdOf(id) }, { signal }),
  });
}

/** `null`: of what has no custom fields. */
export function useCustomFieldsQuery(object: ObjectName | null) {
  const client = useClient();
  return useQuery({
    queryKey: queryKeys.customFields(object),
    queryFn: object === null ? skipToken : ({ signal }) => client.customFields.list({ object }, { signal }),
  });
}

/** Whether the person's role holds a permission such as `workspace:update`. */
export function useMay(permission: string): boolean {
  return useWorkspace().permissions[permission] !== undefined;
}

export type Action = 'read' | 'create' | 'update' | 'delete';

/** Whether the person's role allows the action on at least some records of the object. */
export function useCan(): (object: ObjectName, action: Action) => boolean {
  const { permissions } = useWorkspace();
  return (object, action) => permissions[`${object}:${action}`] !== undefined;
}
