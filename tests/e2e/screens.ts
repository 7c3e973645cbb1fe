import type { Page } from '@playwright/test';
import { definitionOf, objectNames } from '#shared/objects/objects.ts';
import { hangingOver, lift } from './drag.ts';

/** Every screen and state (of each object a list and a page) that the pseudo-locale, accessibility and look are checked on. */
export interface ScreenState {
  readonly name: string;
  readonly place: string;
  /** What to do there before looking. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Two files that belong together, with a date that can be read two ways. */
export const smallImport = [
  {
    name: 'deals.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'opportunity,account,stage,close date,amount\nLenses,Nordlys,Won,03/04/2026,100\nMirrors,Nordlys,Engaging,05/06/2026,250\nPrisms,,Prospecting,07/08/2026,50\n',
    ),
  },
  {
    name: 'accounts.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('account,website\nNordlys,https://nordlys.example\nFjell,https://fjell.example\n'),
  },
];

/** The first row was read: until then its cells hold placeholders, and its title is no link. */
const rows = async (page: Page) => {
  await page.locator('[id="cell-0-0"] a').waitFor();
};

const openFirst = async (page: Page) => {
  await rows(page);
  await page.locator('[id="cell-0-0"] a').click();
  await page.getByRole('complementary').waitFor();
  await page.getByRole('article').first().or(page.getByRole('tabpanel')).first().waitFor();
};

/** Opens the first record and there, with one key, the form that logs something. */
const compose = (key: string) => async (page: Page) => {
  await openFirst(page);
  await page.keyboard.press(key);
  await page.locator('form').getByRole('textbox').first().waitFor();
};

const onBoard = async (page: Page) => {
  await rows(page);
  await page.getByRole('group').locator('button[aria-pressed="false"]').click();
  await page.locator('[data-card]').first().waitFor();
};

const chooseFiles = async (page: Page) => {
  await page.locator('input[type="file"]').setInputFiles(smallImport);
  await page.locator('[data-question="date_order"]').waitFor();
};

const tryImport = async (page: Page) => {
  await chooseFiles(page);
  await page.locator('[data-question="date_order"] button').first().click();
  await page.locator('[data-question="date_order"]').waitFor({ state: 'detached' });
  await page.locator('main header button').nth(-2).click();
  await page.locator('[data-report]').waitFor();
};

export const screenStates: readonly ScreenState[] = [
  ...objectNames.map((name) => ({ name, place: `/${name}`, prepare: rows })),
  ...objectNames.map((name) => ({
    name: definitionOf(name).singular,
    place: `/${name}`,
    prepare: openFirst,
  })),
  { name: 'trash', place: '/trash' },
  { name: 'settings', place: '/settings' },
  {
    name: 'settings-workspace',
    place: '/settings/workspace',
    prepare: (page) => page.locator('main form input').first().waitFor(),
  },
  {
    name: 'settings-stages',
    place: '/settings/stages',
    prepare: (page) => page.locator('[data-stage-setting]').first().waitFor(),
  },
  {
    name: 'settings-fields',
    place: '/settings/fields',
    prepare: (page) => page.getByRole('tabpanel').locator('h2, [data-custom-field]').first().waitFor(),
  },
  {
    name: 'settings-data',
    place: '/settings/data',
    prepare: (page) => page.locator('main dl').last().waitFor(),
  },
  {
    name: 'settings-new-field',
    place: '/settings/fields',
    prepare: async (page) => {
      await page.locator('main section button').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'not-found', place: '/nowhere' },
  {
    name: 'nothing-matches',
    place: '/contacts',
    prepare: async (page) => {
      await rows(page);
      await page.keyboard.press('/');
      await page.keyboard.type('no such person anywhere');
      await page.getByRole('grid').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'selection',
    place: '/contacts',
    prepare: async (page) => {
      await rows(page);
      await page.keyboard.press('x');
      await page.keyboard.press('Shift+ArrowDown');
      await page.keyboard.press('Shift+ArrowDown');
      await page.getByRole('toolbar').waitFor();
      await page.locator('[role="row"][aria-selected="true"]').nth(2).waitFor();
    },
  },
  {
    name: 'cell-editor',
    place: '/opportunities',
    prepare: async (page) => {
      await rows(page);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('F2');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'filter',
    place: '/opportunities',
    prepare: async (page) => {
      await rows(page);
      await page.keyboard.press('f');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'columns',
    place: '/accounts',
    prepare: async (page) => {
      await rows(page);
      await page.locator('main button[aria-haspopup="dialog"]').last().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'bulk-edit',
    place: '/contacts',
    prepare: async (page) => {
      await rows(page);
      await page.keyboard.press('x');
      await page.keyboard.press('Shift+ArrowDown');
      await page.locator('[role="toolbar"] button').first().click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'account-contacts',
    place: '/accounts',
    prepare: async (page) => {
      await openFirst(page);
      await page.getByRole('tab').nth(1).click();
      await page.getByRole('tabpanel').getByRole('link').first().waitFor();
    },
  },
  {
    name: 'account-field',
    place: '/accounts',
    prepare: async (page) => {
      await openFirst(page);
      await page.locator('[data-field="industry"] button').click();
      await page.locator('[data-field="industry"] input').waitFor();
    },
  },
  { name: 'compose-call', place: '/contacts', prepare: compose('l') },
  { name: 'compose-meeting', place: '/accounts', prepare: compose('m') },
  { name: 'compose-email', place: '/opportunities', prepare: compose('e') },
  { name: 'compose-note', place: '/contacts', prepare: compose('n') },
  { name: 'no-such-record', place: '/contacts/01890000-0000-7000-8000-000000000000' },
  { name: 'board', place: '/opportunities', prepare: onBoard },
  {
    name: 'board-drag',
    place: '/opportunities',
    prepare: async (page) => {
      await onBoard(page);
      await page.locator('[data-stage="prospecting"] [data-card]').first().focus();
      await lift(page, () => hangingOver(page, 'prospecting').waitFor());
      await page.keyboard.press('ArrowRight');
      await hangingOver(page, 'qualification').waitFor();
    },
  },
  { name: 'import', place: '/import' },
  { name: 'import-plan', place: '/import', prepare: chooseFiles },
  {
    name: 'import-file',
    place: '/import',
    prepare: async (page) => {
      await chooseFiles(page);
      await page.locator('main nav button').nth(1).click();
      await page.getByRole('table').first().waitFor();
    },
  },
  { name: 'import-report', place: '/import', prepare: tryImport },
  {
    name: 'create',
    place: '/contacts',
    prepare: async (page) => {
      await rows(page);
      await page.keyboard.press('c');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'palette',
    place: '/opportunities',
    prepare: async (page) => {
      await rows(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'shortcuts',
    place: '/accounts',
    prepare: async (page) => {
      await rows(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
];
