import type { Page } from '@playwright/test';
import { expect, openAt, test } from './fixtures.ts';

const industry = (page: Page) => page.locator('[data-field="industry"]');

async function typeIndustry(page: Page, value: string): Promise<void> {
  await industry(page).getByRole('button').click();
  await industry(page).getByRole('textbox').fill(value);
}

test.describe('two windows edit the same field', () => {
  test.beforeEach(async ({ demo, demoApp, api }) => {
    const { record } = await api.accounts.create({ values: { name: 'Contested', industry: 'Glass' } });
    await openAt(demo, demoApp.app.origin, `/accounts/${record.id}`);
    const other = await demo.context().newPage();
    await openAt(other, demoApp.app.origin, `/accounts/${record.id}`);
    // This window began to type before the other one saved: it has not seen the other's value.
    await typeIndustry(demo, 'Optics');
    await typeIndustry(other, 'Lenses');
    await other.keyboard.press('Enter');
    await expect(industry(other).getByRole('button')).toHaveText('Lenses');
    await other.close();
    await demo.keyboard.press('Enter');
  });

  test('the later one sees both values and may keep the saved one', async ({ demo }) => {
    const dialog = demo.getByRole('dialog', { name: 'This was changed meanwhile' });
    await expect(dialog).toContainText('Lenses');
    await expect(dialog).toContainText('Optics');
    await dialog.getByRole('button', { name: 'Keep what is saved' }).click();
    await expect(industry(demo).getByRole('button')).toHaveText('Lenses');
    await demo.reload();
    await expect(industry(demo).getByRole('button')).toHaveText('Lenses');
  });

  test('or save their own all the same', async ({ demo, api }) => {
    await demo.getByRole('dialog').getByRole('button', { name: 'Use mine' }).click();
    await expect(industry(demo).getByRole('button')).toHaveText('Optics');
    // It shows before it is saved.
    const id = demo.url().split('/').at(-1) ?? '';
    await expect.poll(async () => (await api.accounts.get({ id })).industry).toBe('Optics');
    await demo.reload();
    await expect(industry(demo).getByRole('button')).toHaveText('Optics');
  });
});

test('different fields of one record do not meet', async ({ demo, demoApp, api }) => {
  const { record } = await api.accounts.create({ values: { name: 'Shared', industry: 'Glass' } });
  await openAt(demo, demoApp.app.origin, `/accounts/${record.id}`);
  await typeIndustry(demo, 'Optics');
  await api.accounts.update({ id: record.id, values: { addressCity: 'Jena' } });
  await demo.keyboard.press('Enter');
  await expect(industry(demo).getByRole('button')).toHaveText('Optics');
  await expect(demo.locator('[data-field="addressCity"]').getByRole('button')).toHaveText('Jena');
  await expect(demo.getByRole('dialog')).toHaveCount(0);
});
