import { describe, expect, it } from 'vitest';
import { plant } from './plant.ts';
import { STILL_KNOWING } from './rules/object-knowledge.ts';

/** The folders of `core/objects` are the objects. */
const objects = {
  'core/objects/accounts/accounts.ts': { text: `export const accounts = 1;` },
  'core/objects/contacts/contacts.ts': { text: `export const contacts = 1;` },
};

/** By rule: what each planted file may not do, as the message says it. Files without a message are accepted. */
const planted: Record<string, Record<string, { text: string; refused?: string }>> = {
  'satchel/layers': {
    'renderer/core.ts': { text: `import '#core/router.ts';`, refused: 'may not import core/' },
    'renderer/node.ts': { text: `import 'node:fs';`, refused: 'without Node' },
    'renderer/relative.ts': { text: `import '../core/router.ts';`, refused: 'as #core/' },
    'renderer/good.ts': { text: `import '#shared/errors.ts'; import './x.ts'; import 'react';` },
    'core/electron.ts': {
      text: `import { app } from 'electron'; console.log(app);`,
      refused: 'Only electron/ imports the package electron',
    },
    'core/shell.ts': { text: `export * from '#loopback/server.ts';`, refused: 'may not import loopback/' },
    'core/dynamic.ts': { text: `await import('#electron/main.ts');`, refused: 'may not import electron/' },
    'core/alias.ts': { text: `import '#core/log.ts';`, refused: 'by a relative path' },
    'core/alias-of-type.ts': {
      text: `import type { Log } from '#core/log.ts'; export type X = Log;`,
      refused: 'by a relative path',
    },
    'core/good.ts': { text: `import '#db/engine/engine.ts'; import 'node:fs';` },
    'db/core.ts': { text: `import '#core/router.ts';`, refused: 'may not import core/' },
    'loopback/db.ts': { text: `import '#db/engine/engine.ts';`, refused: 'may not import db/' },
    'loopback/pglite.ts': { text: `import '@electric-sql/pglite';`, refused: 'Only db/' },
    'loopback/good.ts': { text: `import '#core/host.ts'; import 'ws';` },
    'shared/db.ts': { text: `import '#db/schema.ts';`, refused: 'may not import db/' },
    'electron/good.ts': { text: `import 'electron'; import '#core/host.ts';` },
  },
  'satchel/rooms': {
    'core/records/object.ts': {
      text: `import { contacts } from '../objects/contacts/contacts.ts'; contacts();`,
      refused: 'core/records may not import core/objects/contacts, which stands above it',
    },
    'core/records/type-of-object.ts': {
      text: `import type { Contacts } from '../objects/catalogue.ts'; export type X = Contacts;`,
      refused: 'core/records may not import core/objects, which stands above it',
    },
    'core/records/records.test.ts': { text: `import '../objects/catalogue.ts';` },
    'core/records/good.ts': {
      text: `import '../history/undo.ts'; import './sort.ts'; import '#shared/ids.ts';`,
    },
    'core/data/history.ts': { text: `import '../history/undo.ts';`, refused: 'stands above' },
    'core/objects/contacts/accounts.ts': {
      text: `import '../accounts/accounts.ts';`,
      refused: 'core/objects/contacts may not import core/objects/accounts, which stands beside it',
    },
    'core/objects/catalogue.ts': { text: `import './contacts/contacts.ts';` },
    'core/search/timeline.ts': { text: `import '../timeline/timeline.ts';`, refused: 'stands beside' },
    'core/import/uploads.ts': { text: `import '../uploads/uploads.ts';` },
    'core/platform/host/worker.ts': { text: `import '../worker/main.ts';`, refused: 'stands above' },
    'core/platform/host/messages.ts': { text: `import '../worker/messages.ts';` },
    'core/somewhere/file.ts': { text: `import '../context.ts';`, refused: 'is in no room' },
    'renderer/client/screen.tsx': { text: `import '../navigation/screens.ts';`, refused: 'stands above' },
    'renderer/components/client.tsx': { text: `import '../client/queries.ts';`, refused: 'stands beside' },
    'renderer/edits/activities.ts': { text: `import '../activities/timeline.tsx';`, refused: 'stands above' },
    'renderer/lists/board.tsx': {
      text: `export { Board } from '../board/board.tsx';`,
      refused: 'renderer/lists may not import renderer/board, which stands beside it',
    },
    'renderer/trash/lazy.tsx': { text: `await import('../lists/list-page.tsx');`, refused: 'stands beside' },
    'renderer/lists/frame.tsx': { text: `import '../frame/frame.tsx';`, refused: 'stands above' },
    'renderer/frame/palette.tsx': { text: `import '../palette/command-palette.tsx';` },
    'renderer/routes/lists.tsx': { text: `import '../lists/list-page.tsx'; import '../board/board.tsx';` },
    'db/engine/migrate.ts': { text: `import '../migrate/run.ts';`, refused: 'stands above' },
    'db/engine/schema.ts': { text: `import '../schema/schema.ts';`, refused: 'stands beside' },
    'db/template/migrate.ts': { text: `import '../migrate/run.ts';` },
    'shared/objects/contract.ts': {
      text: `import type { List } from '../contract/list.ts'; export type X = List;`,
      refused: 'shared/objects may not import shared/contract',
    },
    'shared/contract/objects.ts': { text: `import '../objects/objects.ts';` },
  },
  'satchel/faces': {
    'loopback/cli/inner.ts': {
      text: `import '#core/storage/back-up.ts';`,
      refused: 'core/storage/back-up.ts is inside core/storage, whose face is storage.ts,',
    },
    'electron/records.ts': {
      text: `import type { Row } from '#core/records/record-row.ts'; export type X = Row;`,
      refused: 'reaches core by the contract',
    },
    'loopback/router.ts': { text: `import '#core/router.ts';`, refused: 'reaches core by the contract' },
    'loopback/later.ts': {
      text: `export const jobs = () => import('#core/import/run/slice.ts');`,
      refused: 'is inside core/import',
    },
    'loopback/router-of-one.ts': { text: `import '#core/storage/router.ts';`, refused: 'is inside' },
    'loopback/good.ts': { text: `import '#core/platform/host/host.ts'; import '#core/storage/storage.ts';` },
    'core/import/inner.ts': { text: `import '../uploads/router.ts';`, refused: 'is inside core/uploads' },
    'core/import/good.ts': { text: `import '../uploads/uploads.ts'; import './router.ts';` },
    'core/storage/inner.test.ts': { text: `import '../workspace/change.ts';` },
    'core/router.ts': { text: `import './storage/router.ts'; import './search/router.ts';` },
  },
  'satchel/declared-rows': {
    'core/views/claim.ts': {
      text: `export const f = (tx: Tx) => tx.query<{ id: string }>('SELECT id FROM users');`,
      refused: 'Declare the row',
    },
    'core/views/named.ts': {
      text: `export const f = (tx: Tx) => queryOne<Row>(tx, row, query);`,
      refused: 'Declare the row',
    },
    'core/views/declared.ts': {
      text: `export const f = (tx: Tx) => queryRows(tx, returning({ id: typed<UserId>('users.id') }), query);`,
    },
    'core/views/called.ts': { text: `export const f = (tx: Tx) => tx.query('SELECT satchel.run()');` },
    'core/views/claim.test.ts': {
      text: `export const f = (tx: Tx) => tx.query<{ id: string }>('SELECT 1');`,
    },
    'db/engine/claim.ts': { text: `export const f = (tx: Tx) => tx.query<{ id: string }>('SELECT 1');` },
  },
  'satchel/object-knowledge': {
    ...objects,
    'core/records/branch.ts': {
      text: `export const f = (object: string) => object === 'contacts';`,
      refused: 'No branch for one object',
    },
    'core/records/turned.ts': {
      text: `export const f = (object: string) => 'contacts' !== object;`,
      refused: 'No branch for one object',
    },
    'renderer/lists/switch.ts': {
      text: `export function f(object: string) { switch (object) { case 'contacts': return 1; default: return 2; } }`,
      refused: 'No branch for one object',
    },
    'core/import/map.ts': {
      text: `export const words: Record<ObjectName, string[]> = { contacts: [] };`,
      refused: 'No map by object',
    },
    'renderer/fields/partial.ts': {
      text: `export const icons: Readonly<Partial<Record<ReferenceTarget, string>>> = {};`,
      refused: 'No map by object',
    },
    'loopback/cli/map.ts': {
      text: `export const words = { contacts: 1 } satisfies Record<ImportObject, number>;`,
      refused: 'No map by object',
    },
    'renderer/client/literal.ts': {
      text: `export const shown: Record<string, string[]> = { contacts: [], accounts: [] };`,
      refused: 'No map by object',
    },
    'core/import/list.ts': {
      text: `export const order = ['accounts', 'contacts'];`,
      refused: 'No list of objects',
    },
    'shared/contract/union.ts': {
      text: `export type Linked = 'accounts' | 'contacts';`,
      refused: 'No list of objects',
    },
    'core/objects/contacts/own.ts': { text: `export const f = (object: string) => object === 'contacts';` },
    'renderer/objects/contacts.ts': { text: `export const f = (object: string) => object === 'contacts';` },
    'shared/objects/map.ts': { text: `export const all: Record<ObjectName, string> = { contacts: '' };` },
    'core/records/branch.test.ts': { text: `export const f = (object: string) => object === 'contacts';` },
    'core/records/good.ts': {
      text: `export const f = (kind: string): Record<string, number> => (kind === 'rows' ? {} : { contacts: 1 });`,
    },
    [STILL_KNOWING[0] ?? '']: { text: `export const mended = 1;`, refused: 'Take this file off the list' },
    [STILL_KNOWING[1] ?? '']: { text: `export const f = (object: string) => object === 'contacts';` },
  },
  'satchel/circles': {
    'core/circle/slice.ts': {
      text: `import { names } from './names.ts'; export interface File { name: string } names();`,
      refused: 'core/circle/slice.ts → core/circle/names.ts → core/circle/order.ts → core/circle/slice.ts',
    },
    'core/circle/names.ts': {
      text: `import type { Order } from './order.ts'; export const names = (): Order[] => [];`,
      refused: 'core/circle/names.ts → core/circle/order.ts → core/circle/slice.ts → core/circle/names.ts',
    },
    'core/circle/order.ts': {
      text: `export type Order = File; import type { File } from './slice.ts';`,
      refused: 'circle',
    },
    'core/circle/beside.ts': { text: `import './slice.ts';` },
    'core/circle/exported.ts': { text: `export type { Back } from './back.ts';`, refused: 'circle' },
    'core/circle/back.ts': {
      text: `export interface Back { by: string } await import('./exported.ts');`,
      refused: 'circle',
    },
    'core/circle/itself.ts': {
      text: `import type { Self } from './itself.ts'; export type Selves = Self[];`,
      refused: 'core/circle/itself.ts → core/circle/itself.ts',
    },
  },
};

describe.each(Object.entries(planted))('the rule %s', (rule, files) => {
  const texts = Object.entries(files).map(([name, { text }]) => [name, text]);
  const messages = plant(rule, Object.fromEntries(texts));

  it.each(Object.entries(files).filter(([, { refused }]) => refused))('refuses %s', (name, { refused }) => {
    expect(messages.get(name)).toContain(refused);
  });

  it('accepts the others', () => {
    const accepted = Object.keys(files).filter((name) => !files[name]?.refused);
    expect(accepted.filter((name) => messages.has(name))).toEqual([]);
  });
});
