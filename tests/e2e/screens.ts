import type { Page } from '@playwright/test';

/** Every screen and state that the pseudo-locale, accessibility and look are checked on. */
export interface ScreenState {
  readonly name: string;
  readonly place: string;
  /** What to do there before looking. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const rows = async (page: Page) => {
  await page.locator('[id="cell-0-0"] a, [id="cell-0-0"] span').first().waitFor();
};

export const screenStates: readonly ScreenState[] = [
  { name: 'accounts', place: '/accounts', prepare: rows },
  { name: 'contacts', place: '/contacts', prepare: rows },
  { name: 'opportunities', place: '/opportunities', prepare: rows },
  { name: 'products', place: '/products', prepare: rows },
  { name: 'trash', place: '/trash' },
  { name: 'settings', place: '/settings' },
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
