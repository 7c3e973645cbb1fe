import { objectNames } from '#shared/objects/objects.ts';
import { requireIdentity } from '../context.ts';
import { procedures } from '../procedures.ts';
import { customFieldDefinitions } from '../records/custom-field-definitions.ts';
import { defineCustomField, removeCustomField } from './define.ts';
import { reorderCustomFields } from './reorder.ts';

const { customFields } = procedures;

export const customFieldsRouter = customFields.router({
  list: customFields.list.handler(async ({ context, input }) => {
    const identity = await requireIdentity(context);
    return context.app.engine.transaction({ as: identity, readOnly: true, label: 'custom fields' }, (tx) =>
      customFieldDefinitions(
        tx,
        identity.workspaceId,
        input.object ? [input.object] : objectNames,
        input.removed ? 'removed' : 'used',
      ),
    );
  }),
  define: customFields.define.handler(async ({ context, input }) =>
    defineCustomField(context.app, await requireIdentity(context), input),
  ),
  remove: customFields.remove.handler(async ({ context, input }) => {
    await removeCustomField(context.app, await requireIdentity(context), input.object, input.key);
    return {};
  }),
  reorder: customFields.reorder.handler(async ({ context, input }) =>
    reorderCustomFields(context.app, await requireIdentity(context), input.object, input.keys),
  ),
});
