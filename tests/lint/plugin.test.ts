import { describe, expect, it } from 'vitest';
import { plant } from './plant.ts';

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
