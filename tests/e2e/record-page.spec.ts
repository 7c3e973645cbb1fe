import type { Page } from '@playwright/test';
import { expect, openAt, test } from './fixtures.ts';

async function openFirst(page: Page, origin: string, place: string): Promise<void> {
  await openAt(page, origin, place);
  await page.locator('[id="cell-0-0"] a').click();
  await page.getByRole('complementary', { name: 'Details' }).waitFor();
}

test('a field is edited in place, Tab goes on, and the toast takes it back', async ({ demo, demoApp }) => {
  await openFirst(demo, demoApp.app.origin, '/accounts');
  const industry = demo.locator('[data-field="industry"]');
  const before = await industry.getByRole('button').innerText();
  await industry.getByRole('button').click();
  await industry.getByRole('textbox').fill('Optics');
  await demo.keyboard.press('Enter');
  await expect(industry.getByRole('button')).toHaveText('Optics');
  await expect(industry.getByRole('button')).toBeFocused();
  await demo.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(industry.getByRole('button')).toHaveText(before);
});

test('a call is logged from the keyboard, and its draft outlives a reload', async ({ demo, demoApp }) => {
  await openFirst(demo, demoApp.app.origin, '/accounts');
  await demo.keyboard.press('l');
  await demo.getByRole('textbox', { name: 'Subject' }).fill('Renewal of the optics contract');
  await demo.reload();
  await expect(demo.getByRole('textbox', { name: 'Subject' })).toHaveValue('Renewal of the optics contract');
  await demo.getByRole('textbox', { name: 'Subject' }).press('Control+Enter');
  const entry = demo.getByRole('article').filter({ hasText: 'Renewal of the optics contract' });
  await expect(entry).toBeVisible();
  await demo.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(entry).toBeHidden();
});

test('next and previous lead through the list it was opened from, further than was read at once', async ({
  demo,
  demoApp,
}) => {
  await openAt(demo, demoApp.app.origin, '/contacts');
  const names: string[] = [];
  for (let row = 0; row < 9; row += 1) {
    await expect(demo.locator(`[id="cell-${String(row)}-0"]`)).not.toBeEmpty();
    names.push(await demo.locator(`[id="cell-${String(row)}-0"]`).innerText());
  }
  const total = await demo.getByTestId('row-count').innerText();
  await demo.locator('[id="cell-0-0"] a').click();
  const heading = demo.getByRole('heading', { level: 1 });
  const position = demo.getByTestId('position');
  await expect(position).toHaveText(`1 of ${total}`);
  await expect(demo.getByRole('button', { name: 'Previous record' })).toBeDisabled();
  for (const [row, name] of names.entries()) {
    await expect(heading).toHaveText(name);
    await expect(position).toHaveText(`${String(row + 1)} of ${total}`);
    if (row < names.length - 1) await demo.getByRole('button', { name: 'Next record' }).click();
  }
  await demo.keyboard.press('k');
  await expect(heading).toHaveText(names.at(-2) ?? '');
  await expect(position).toHaveText(`8 of ${total}`);
});

test('an account with hundreds of activities scrolls to its first one and draws few', async ({
  demo,
  demoApp,
  api,
}) => {
  const { record } = await api.accounts.create({ values: { name: 'Busy' } });
  const count = 240;
  for (let number = 1; number <= count; number += 1) {
    await api.timeline.log({
      type: 'note',
      subject: `Entry ${String(number)}`,
      body: 'A line.\n'.repeat(number % 5),
      occurredAt: new Date(Date.UTC(2026, 0, 1) + number * 7_200_000).toISOString(),
      links: [{ object: 'accounts', id: record.id }],
    });
  }
  await openAt(demo, demoApp.app.origin, `/accounts/${record.id}`);
  const timeline = demo.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByText(`Entry ${String(count)}`, { exact: true })).toBeVisible();
  let most = 0;
  await expect(async () => {
    most = Math.max(most, await timeline.getByRole('article').count());
    await timeline.evaluate((element) => element.scrollBy(0, 1_500));
    const isAtEnd = await timeline.evaluate(
      ({ scrollTop, clientHeight, scrollHeight, textContent }) =>
        Math.ceil(scrollTop + clientHeight) >= scrollHeight && textContent.includes('That is everything'),
    );
    expect(isAtEnd).toBe(true);
  }).toPass({ intervals: [50] });
  await expect(timeline.getByText('Entry 1', { exact: true })).toBeVisible();
  expect(most).toBeLessThan(60);

  // A new entry comes to the top, and the way down begins anew behind it.
  await timeline.evaluate((element) => element.scrollTo(0, 0));
  await expect(timeline.getByText(`Entry ${String(count)}`, { exact: true })).toBeVisible();
  await api.timeline.log({
    type: 'note',
    subject: 'The newest',
    occurredAt: new Date().toISOString(),
    links: [{ object: 'accounts', id: record.id }],
  });
  await expect(timeline.getByText('The newest')).toBeVisible();
  await expect(timeline.getByText(`Entry ${String(count)}`, { exact: true })).toBeVisible();
});

test('what is cut short shows whole on pointing at it', async ({ demo, demoApp, api }) => {
  const name = `Feinmechanische Instrumentenbaugesellschaft ${'und Söhne '.repeat(15)}`.trim();
  const { record } = await api.accounts.create({ values: { name } });
  await openAt(demo, demoApp.app.origin, `/accounts/${record.id}`);
  const heading = demo.getByRole('heading', { level: 1 });
  await heading.getByRole('button').hover();
  await expect(heading.getByTitle(name)).toBeVisible();
  await demo.getByRole('tab', { name: 'Activity' }).hover();
  await expect(demo.getByTitle(name)).toHaveCount(0);
});
